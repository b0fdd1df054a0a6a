/**
 * Request slots ordered by the instant they become free: the state of the Kiefer–Wolfowitz recursion, with the
 * identity of each slot kept beside its time. A binary min-heap on two parallel arrays; places beyond `size` hold
 * Infinity so that an empty heap reads as "never free".
 */
export class SlotHeap {
  size = 0;
  /** s, when the slot becomes free; keys[0] is the earliest */
  keys = new Float64Array(16).fill(Infinity);
  /** the slot of each key */
  slots = new Int32Array(16);

  insert(key: number, slot: number): void {
    // One place beyond the last is read by siftDown, so keep a spare.
    if (this.size + 2 > this.keys.length) this.grow();
    let place = this.size++;
    const { keys, slots } = this;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      if (keys[parent]! <= key) break;
      keys[place] = keys[parent]!;
      slots[place] = slots[parent]!;
      place = parent;
    }
    keys[place] = key;
    slots[place] = slot;
  }

  /**
   * Gives the earliest slot a later time. The first four levels are written out: at each round of a loop V8 asks anew
   * what the arrays are.
   */
  replaceTop(key: number): void {
    const { keys, slots, size } = this;
    const slot = slots[0]!;
    let place = 0;
    levels: {
      if (size < 2) break levels;
      let child = (1 + +(keys[2]! < keys[1]!)) | 0;
      let least = keys[child]!;
      if (least >= key) break levels;
      keys[0] = least;
      slots[0] = slots[child]!;
      place = child;

      child = (place << 1) | 1;
      if (child >= size) break levels;
      child = (child + +(keys[(child + 1) | 0]! < keys[child]!)) | 0;
      least = keys[child]!;
      if (least >= key) break levels;
      keys[place] = least;
      slots[place] = slots[child]!;
      place = child;

      child = (place << 1) | 1;
      if (child >= size) break levels;
      child = (child + +(keys[(child + 1) | 0]! < keys[child]!)) | 0;
      least = keys[child]!;
      if (least >= key) break levels;
      keys[place] = least;
      slots[place] = slots[child]!;
      place = child;

      child = (place << 1) | 1;
      if (child >= size) break levels;
      child = (child + +(keys[(child + 1) | 0]! < keys[child]!)) | 0;
      least = keys[child]!;
      if (least >= key) break levels;
      keys[place] = least;
      slots[place] = slots[child]!;
      place = child;

      if (((place << 1) | 1) < size) {
        this.siftDown(place, key, slot);
        return;
      }
    }
    keys[place] = key;
    slots[place] = slot;
  }

  /** Removes every slot for which `gone` holds. */
  removeWhere(gone: (slot: number) => boolean): void {
    const { keys, slots, size } = this;
    let kept = 0;
    for (let place = 0; place < size; place++) {
      const slot = slots[place]!;
      if (gone(slot)) continue;
      keys[kept] = keys[place]!;
      slots[kept++] = slot;
    }
    keys.fill(Infinity, kept, size);
    this.size = kept;
    for (let place = (kept >> 1) - 1; place >= 0; place--) this.siftDown(place, keys[place]!, slots[place]!);
  }

  private siftDown(from: number, key: number, slot: number): void {
    const { keys, slots, size } = this;
    let place = from;
    for (;;) {
      let child = (place << 1) | 1;
      if (child >= size) break;
      child += +(keys[child + 1]! < keys[child]!);
      if (keys[child]! >= key) break;
      keys[place] = keys[child]!;
      slots[place] = slots[child]!;
      place = child;
    }
    keys[place] = key;
    slots[place] = slot;
  }

  private grow(): void {
    const keys = new Float64Array(this.keys.length * 2).fill(Infinity);
    keys.set(this.keys);
    this.keys = keys;
    const slots = new Int32Array(this.slots.length * 2);
    slots.set(this.slots);
    this.slots = slots;
  }
}
