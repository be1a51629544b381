package bot

import (
	"encoding/binary"
	"fmt"
	"testing"

	"pgregory.net/rapid"
)

// frame is one websocket frame as a server sends it.
func frame(opcode byte, payload []byte) []byte {
	f := []byte{0x80 | opcode}
	switch n := len(payload); {
	case n < 126:
		f = append(f, byte(n))
	case n < 1<<16:
		f = binary.BigEndian.AppendUint16(append(f, 126), uint16(n))
	default:
		f = binary.BigEndian.AppendUint64(append(f, 127), uint64(n))
	}
	return append(f, payload...)
}

// However the bytes are cut, every pong is known, and nothing that stands in a
// message is taken for one.
func TestFramesFindEveryPong(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		stream := []byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n")
		var want, got []int64
		for i := range rapid.IntRange(1, 12).Draw(t, "frames") {
			switch rapid.IntRange(0, 2).Draw(t, "kind") {
			case 0:
				want = append(want, int64(i+1))
				stream = append(stream, frame(pongFrame, fmt.Append(nil, i+1))...)
			case 1:
				stream = append(stream, frame(pingFrame, []byte("Ping from applink-1"))...)
			default:
				n := rapid.SampledFrom([]int{0, 1, 125, 126, 4000, 70_000}).Draw(t, "size")
				text := make([]byte, n)
				copy(text, frame(pongFrame, []byte("99")))
				stream = append(stream, frame(1, text)...)
			}
		}
		var f frames
		for len(stream) > 0 {
			n := min(len(stream), rapid.SampledFrom([]int{1, 2, 7, 500, 100_000}).Draw(t, "read"))
			if pong := f.take(stream[:n]); pong > 0 {
				got = append(got, pong)
			}
			stream = stream[n:]
		}
		// several pongs in one read come to the last of them
		for len(want) > 0 && len(got) > 0 && got[len(got)-1] == want[len(want)-1] {
			last := want[len(want)-1]
			want, got = want[:len(want)-1], got[:len(got)-1]
			for len(want) > 0 && (len(got) == 0 || want[len(want)-1] > got[len(got)-1]) && want[len(want)-1] < last {
				want = want[:len(want)-1]
			}
		}
		if len(got) != 0 || len(want) != 0 {
			t.Fatalf("pongs left over: got %v, want %v", got, want)
		}
	})
}
