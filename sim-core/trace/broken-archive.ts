/** The data inside a compressed file is damaged: an issue of the file, not of the host. The message says how. */
export class BrokenArchive extends Error {}
