import type { TraceFile } from '../../sim-core/index.ts';

/** A blob as the core reads files: as it comes, and by position. */
export function fileOf(name: string, blob: Blob): TraceFile {
  return {
    name,
    size: blob.size,
    open: () => chunksOf(blob.stream()),
    ranges: {
      size: blob.size,
      read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    },
  };
}

async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncIterable<Uint8Array> {
  const reader = stream.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** The host's way to unpack gzip. */
export function gunzip(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  const iterator = chunks[Symbol.asyncIterator]();
  const packed = new ReadableStream<BufferSource>({
    async pull(controller) {
      const next = await iterator.next();
      if (next.done === true) controller.close();
      else controller.enqueue(next.value.slice());
    },
    async cancel() {
      await iterator.return?.();
    },
  });
  return chunksOf(packed.pipeThrough(new DecompressionStream('gzip')));
}
