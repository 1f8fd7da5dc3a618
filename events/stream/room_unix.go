//go:build linux || darwin || freebsd

package stream

import "syscall"

// freeSpace is what is free for us on the disk of a folder, in bytes.
func freeSpace(dir string) (uint64, bool) {
	var fs syscall.Statfs_t
	if err := syscall.Statfs(dir, &fs); err != nil {
		return 0, false
	}
	return uint64(fs.Bavail) * uint64(fs.Bsize), true
}
