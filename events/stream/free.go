package stream

// Reserve is what has to be free on the disk of an embedded store, in bytes: with less, events are refused.
const Reserve = reserve

// Free is what is free for us on the disk of a folder, in bytes; known is false where that cannot be told.
func Free(dir string) (bytes uint64, known bool) { return freeSpace(dir) }
