package bot

import (
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"testing"
	"time"

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

// young is a wire whose handshake is just over, and what the peer says to its
// pings: the numbers it was asked, and where its answers go.
func young(t *testing.T) (w *wire, peer net.Conn) {
	t.Helper()
	ours, peer := net.Pipe()
	w = newWire(ours, true)
	t.Cleanup(func() { _ = w.Close(); _ = peer.Close() })
	go func() { _, _ = io.Copy(io.Discard, w) }() // as slack-go does: it ends with the wire
	if _, err := io.WriteString(peer, "HTTP/1.1 101 Switching Protocols\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	return w, peer
}

// asked reads one ping of the wire's and returns its number.
func asked(t *testing.T, peer io.Reader) []byte {
	t.Helper()
	head := make([]byte, 6)
	if _, err := io.ReadFull(peer, head); err != nil {
		t.Fatal(err)
	}
	text := make([]byte, head[1]&0x7f)
	if _, err := io.ReadFull(peer, text); err != nil {
		t.Fatal(err)
	}
	for i := range text {
		text[i] ^= head[2+i%4]
	}
	return text
}

// A connection that is taken away before it has answered its first ping has
// proven nothing: the receipt of what was acked on it has to come late.
func TestAYoungWireProvesNothingByItsAge(t *testing.T) {
	t.Parallel()
	w, peer := young(t)
	proven := make(chan bool, 1)
	go func() { proven <- w.proven(time.Millisecond) }()
	asked(t, peer)
	_ = peer.Close()
	if <-proven {
		t.Error("an ack is taken to have arrived on a connection that went before it answered anything")
	}
}

// What was written before a ping that is answered has arrived; an older ping's
// answer does not say so.
func TestAPongProvesWhatWentBefore(t *testing.T) {
	t.Parallel()
	w, peer := young(t)
	first := asked(t, peer)
	proven := make(chan bool, 1)
	go func() { proven <- w.proven(time.Millisecond) }()
	for n := first; ; n = asked(t, peer) {
		if _, err := peer.Write(frame(pongFrame, n)); err != nil {
			t.Fatal(err)
		}
		select {
		case ok := <-proven:
			if got := w.sent.Load(); !ok || got < 2 || string(first) != "1" {
				t.Errorf("proven %v by %d pings, the first %q", ok, got, first)
			}
			return
		default:
		}
	}
}
