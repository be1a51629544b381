package sockets

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
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

// However the bytes are cut, every frame is seen, with its text where that is
// short; what is refused is missing from what comes out, and nothing else is.
func TestFramesSeeEveryFrame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		const answer = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"
		stream, passing := []byte(answer), []byte(answer)
		want, got := []string{"ff "}, []string(nil)
		for range rapid.IntRange(1, 12).Draw(t, "frames") {
			n := rapid.SampledFrom([]int{0, 1, 125, 126, shortFrame, shortFrame + 1, 4000, 70_000}).Draw(t, "size")
			opcode := rapid.SampledFrom([]byte{textFrame, pingFrame, pongFrame}).Draw(t, "opcode")
			text := make([]byte, n)
			copy(text, frame(pongFrame, []byte("99"))) // a frame within a text is none
			refused := rapid.Bool().Draw(t, "refused") && n > 0 && n <= shortFrame
			if refused {
				text[n-1] = 'x'
			}
			f := frame(opcode, text)
			stream = append(stream, f...)
			if !refused {
				passing = append(passing, f...)
			}
			if n > shortFrame {
				text = nil
			}
			want = append(want, fmt.Sprintf("%x %x", opcode, text))
		}
		f := frames{from: bufio.NewReaderSize(inPieces(stream, t), readBuffer), seen: func(opcode byte, text []byte) bool {
			got = append(got, fmt.Sprintf("%x %x", opcode, text))
			return len(text) == 0 || text[len(text)-1] != 'x'
		}}
		out, err := io.ReadAll(&f)
		if err != nil || !bytes.Equal(out, passing) || !slices.Equal(got, want) {
			t.Fatalf("%v: %d bytes of %d passed, seen %d frames of %d", err, len(out), len(passing), len(got), len(want))
		}
	})
}

// inPieces reads the stream in pieces of drawn lengths.
func inPieces(stream []byte, t *rapid.T) io.Reader {
	var pieces []io.Reader
	for len(stream) > 0 {
		n := min(len(stream), rapid.SampledFrom([]int{1, 2, 7, 500, 100_000}).Draw(t, "read"))
		pieces = append(pieces, bytes.NewReader(stream[:n]))
		stream = stream[n:]
	}
	return io.MultiReader(pieces...)
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
	go func() { proven <- w.proven(&mark{}, time.Millisecond) }()
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
	go func() { proven <- w.proven(&mark{}, time.Millisecond) }()
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

// Whoever parts from Slack knows which answers have arrived: of what was written
// before a ping that was answered that is known also once the connection is gone,
// of what was written after it nothing is.
func TestAnAckIsProvenBeyondTheEnd(t *testing.T) {
	t.Parallel()
	w, peer := young(t)
	asked(t, peer)
	acked := func(id string, payload int) *mark {
		m := &mark{}
		w.expect(id, m)
		ack := client(`{"envelope_id":"` + id + `","payload":{"text":"` + strings.Repeat("x", payload) + `"}}`)
		written := make(chan struct{})
		go func() { defer close(written); _, _ = w.Write(ack) }()
		if _, err := io.ReadFull(peer, make([]byte, len(ack))); err != nil {
			t.Fatal(err)
		}
		<-written
		return m
	}
	short, long := acked("e1", 0), acked(strings.Repeat("f", 36), 2000)
	w.wanted.Store(true)
	for proof := max(short.proof.Load(), long.proof.Load()); w.heard.Load() < proof; time.Sleep(time.Millisecond) {
		if w.sent.Load() < proof {
			continue
		}
		if _, err := peer.Write(frame(pongFrame, asked(t, peer))); err != nil {
			t.Fatal(err)
		}
	}
	after := acked("e3", 0)
	w.end()
	if !w.proven(short, time.Hour) || !w.proven(long, time.Hour) {
		t.Error("an answered ping behind an ack does not prove it once the connection has ended")
	}
	if w.proven(after, time.Hour) {
		t.Error("an ack is taken to have arrived behind which no ping was answered")
	}
	if len(w.marks) != 0 {
		t.Error("marks that are set are kept")
	}
}

// client is a text frame as a client sends it.
func client(text string) []byte {
	f := []byte{finalBit | textFrame}
	if n := len(text); n < 126 {
		f = append(f, 0x80|byte(n))
	} else {
		f = binary.BigEndian.AppendUint16(append(f, 0x80|126), uint16(n))
	}
	mask := []byte{7, 99, 0, 200}
	f = append(f, mask...)
	for i, c := range []byte(text) {
		f = append(f, c^mask[i%4])
	}
	return f
}

// Slack may want a connection back while commands are worked on: they are
// answered on it first, and slack-go, which would let go at once, is not told.
func TestAWireLeavesWhenAllIsAnswered(t *testing.T) {
	t.Parallel()
	ours, peer := net.Pipe()
	w := newWire(ours, true)
	t.Cleanup(func() { _ = w.Close(); _ = peer.Close() })
	read := make(chan string, 1)
	go func() {
		all, _ := io.ReadAll(w)
		read <- string(all)
	}()
	say := func(opcode byte, text string) {
		if _, err := peer.Write(frame(opcode, []byte(text))); err != nil {
			t.Error(err)
		}
	}
	if _, err := io.WriteString(peer, "HTTP/1.1 101 Switching Protocols\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	acked := make(chan bool, 1)
	go func() { // the peer: answers pings, sees the ack
		r := bufio.NewReader(peer)
		for {
			head, err := r.Peek(6)
			if err != nil {
				return
			}
			opcode := head[0] & opcodeBits
			text := asked(t, r)
			switch opcode {
			case pingFrame:
				_, _ = peer.Write(frame(pongFrame, text)) // the wire may be gone
			case closeFrame:
				_ = peer.Close()
			default:
				acked <- true
			}
		}
	}()
	say(textFrame, `{"type":"hello","num_connections":1}`)
	say(textFrame, `{"type":"slash_commands","envelope_id":"e1","payload":{"text":"the word disconnect"}}`)
	say(textFrame, `{"type":"disconnect","reason":"refresh_requested"}`)
	if !w.stays(300 * time.Millisecond) {
		t.Fatal("the connection went while a command waited for its answer")
	}
	mask := []byte{0, 0, 0, 0}
	if _, err := w.Write(append(append([]byte{finalBit | textFrame, 0x80 | 2}, mask...), "{}"...)); err != nil {
		t.Fatal(err)
	}
	select {
	case all := <-read:
		if strings.Contains(all, "refresh_requested") || !strings.Contains(all, "hello") || !strings.Contains(all, "e1") {
			t.Errorf("slack-go was told %q", all)
		}
	case <-time.After(leaveWithin - time.Second):
		t.Fatal("all was answered and the connection stayed")
	}
	if len(acked) != 1 {
		t.Error("the answer did not arrive before the connection went")
	}
}
