package sockets

import (
	"bufio"
	"encoding/binary"
)

// Opcodes of websocket frames (RFC 6455, section 5.2); handshake is none of
// them: the HTTP answer before the first.
const (
	handshake  = 0xff
	textFrame  = 0x1
	closeFrame = 0x8
	pingFrame  = 0x9
	pongFrame  = 0xA
	opcodeBits = 0xf
	finalBit   = 0x80
)

const (
	readBuffer = 16 << 10
	shortFrame = 1024 // what Slack says in its own name is shorter
)

// frames reads a server's side of a websocket: it tells seen of every frame as
// it comes and hands on what seen lets pass.
type frames struct {
	from *bufio.Reader
	// seen is given the text of frames up to shortFrame, nil of longer ones, to
	// be looked at before it returns
	seen func(opcode byte, text []byte) (pass bool)
	open bool // the handshake is over
	pass int  // so many of the bytes to come are handed on as they are
}

// Read hands on what passes, as an io.Reader.
func (f *frames) Read(p []byte) (int, error) {
	for f.pass == 0 {
		if err := f.next(); err != nil {
			return 0, err
		}
	}
	n, err := f.from.Read(p[:min(len(p), f.pass)])
	f.pass -= n
	return n, err
}

// next looks at what comes next and says how much of it passes.
func (f *frames) next() error {
	if !f.open {
		return f.handshake()
	}
	head, err := f.from.Peek(2)
	if err != nil {
		return err
	}
	long := 2 // the length of the header; what servers send is not masked
	size := int(head[1] & 0x7f)
	switch size {
	case 126:
		long = 4
	case 127:
		long = 10
	}
	if head, err = f.from.Peek(long); err != nil {
		return err
	}
	switch long {
	case 4:
		size = int(binary.BigEndian.Uint16(head[2:]))
	case 10:
		size = int(min(binary.BigEndian.Uint64(head[2:]), 1<<40)) // more than anybody takes
	}
	opcode, whole := head[0]&opcodeBits, head[0]&finalBit != 0
	if size > shortFrame || !whole {
		f.seen(opcode, nil)
		f.pass = long + size
		return nil
	}
	frame, err := f.from.Peek(long + size)
	if err != nil {
		return err
	}
	if f.seen(opcode, frame[long:]) {
		f.pass = long + size
		return nil
	}
	_, err = f.from.Discard(long + size)
	return err
}

// handshake lets a line of the HTTP answer pass; the empty one ends it.
func (f *frames) handshake() error {
	for n := 1; ; n++ {
		line, err := f.from.Peek(n)
		if err != nil {
			return err
		}
		if line[n-1] != '\n' {
			continue
		}
		f.pass = n
		if n <= 2 {
			f.open = true
			f.seen(handshake, nil)
		}
		return nil
	}
}
