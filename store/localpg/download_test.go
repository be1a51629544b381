//go:build unix

package localpg

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
)

// TestDownload plays the Maven repository. The programs in it are scripts that
// call those of this machine.
func TestDownload(t *testing.T) {
	real := FindBinaries()
	if len(real) == 0 {
		t.Fatal("this test needs PostgreSQL installed")
	}
	jar := fakeJar(t, real[0])
	var asked atomic.Int64
	maven := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodHead:
		case strings.HasSuffix(r.URL.Path, ".jar"):
			asked.Add(1)
			_, _ = w.Write(jar)
		default:
			http.NotFound(w, r)
		}
	}))
	defer maven.Close()
	defer http.DefaultTransport.(*http.Transport).CloseIdleConnections()

	var said []string
	o := Options{
		Dir: tempDir(t), DownloadURL: maven.URL, Find: func() []string { return nil },
		Progress: func(what string) { said = append(said, what) },
	}
	for range 2 {
		s := begin(t, o)
		if got := query[int](t, s, "select 1"); got != 1 {
			t.Error("the fetched server does not answer")
		}
		check(t, s.Stop())
	}
	if asked.Load() != 1 {
		t.Errorf("fetched %d times", asked.Load())
	}
	if len(said) == 0 || !strings.Contains(said[0], "fetching PostgreSQL") {
		t.Errorf("said %q", said)
	}
	if left, _ := filepath.Glob(filepath.Join(o.Dir, "fetch-*")); len(left) != 0 {
		t.Errorf("left behind %v", left)
	}
}

func fakeJar(t *testing.T, realBin string) []byte {
	t.Helper()
	var files bytes.Buffer
	tw := tar.NewWriter(&files)
	for _, name := range []string{"initdb", "pg_ctl", "postgres"} {
		script := fmt.Sprintf("#!/bin/sh\nexec %s/%s \"$@\"\n", realBin, name)
		check(t, tw.WriteHeader(&tar.Header{Name: "bin/" + name, Typeflag: tar.TypeReg, Mode: 0o755, Size: int64(len(script))}))
		_, err := tw.Write([]byte(script))
		check(t, err)
	}
	check(t, tw.Close())
	var jar bytes.Buffer
	zw := zip.NewWriter(&jar)
	w, err := zw.Create("postgres.txz")
	check(t, err)
	_, err = w.Write(storedXZ(files.Bytes()))
	check(t, err)
	check(t, zw.Close())
	return jar.Bytes()
}

// storedXZ wraps data in the xz format without compressing it, for which the
// standard library has no writer.
func storedXZ(data []byte) []byte {
	sum := func(b []byte) []byte { return binary.LittleEndian.AppendUint32(nil, crc32.ChecksumIEEE(b)) }
	padded := func(b []byte) []byte { return append(b, make([]byte, (4-len(b)%4)%4)...) }
	flags := []byte{0, 1} // check: CRC32

	header := []byte{2, 0, 0x21, 1, 16, 0, 0, 0} // 12 bytes long, one filter: LZMA2
	block := append(header, sum(header)...)
	for rest, control := data, byte(1); len(rest) > 0; control = 2 { // 1 begins the dictionary
		n := min(len(rest), 1<<16)
		block = append(block, control, byte((n-1)>>8), byte(n-1))
		block = append(block, rest[:n]...)
		rest = rest[n:]
	}
	block = append(block, 0)
	size := len(block) + 4 // without the padding, with the check
	block = append(padded(block), sum(data)...)

	index := []byte{0, 1}
	index = binary.AppendUvarint(index, uint64(size))
	index = binary.AppendUvarint(index, uint64(len(data)))
	index = padded(index)
	index = append(index, sum(index)...)

	tail := append(binary.LittleEndian.AppendUint32(nil, uint32(len(index)/4-1)), flags...)
	out := append([]byte("\xfd7zXZ\x00"), flags...)
	out = append(out, sum(flags)...)
	out = append(append(out, block...), index...)
	out = append(append(out, sum(tail)...), tail...)
	return append(out, 'Y', 'Z')
}
