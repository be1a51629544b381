package fault

import (
	"context"
	"fmt"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"strings"
	"time"

	toxiproxy "github.com/Shopify/toxiproxy/v2"
	"github.com/rs/zerolog"
)

// proxy stands between bots and the database.
type proxy struct{ *toxiproxy.Proxy }

// proxied opens the proxy and gives the database's address through it.
func (h *House) proxied(direct *url.URL) (string, error) {
	upstream := direct.Host
	if dir := direct.Query().Get("host"); filepath.IsAbs(dir) {
		relay, err := h.relay(filepath.Join(dir, ".s.PGSQL."+direct.Query().Get("port")))
		if err != nil {
			return "", err
		}
		upstream = relay
	}
	p := toxiproxy.NewProxy(toxiproxy.NewServer(toxiproxy.NewMetricsContainer(nil), zerolog.Nop()), "postgres", "127.0.0.1:0", upstream)
	if err := p.Start(); err != nil {
		return "", fmt.Errorf("fault: proxy: %w", err)
	}
	h.proxy = &proxy{p}
	h.stops = append(h.stops, p.Stop)
	through := *direct
	through.Host = p.Listen
	q := through.Query()
	q.Del("host")
	q.Del("port")
	through.RawQuery = q.Encode()
	return through.String(), nil
}

// relay leads from a port to a socket file: toxiproxy knows ports only.
func (h *House) relay(socket string) (string, error) {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", fmt.Errorf("fault: relay: %w", err)
	}
	h.stops = append(h.stops, func() { _ = ln.Close() })
	go func() {
		for {
			in, err := ln.Accept()
			if err != nil {
				return
			}
			go pass(in, socket)
		}
	}()
	return ln.Addr().String(), nil
}

func pass(in net.Conn, socket string) {
	defer in.Close()
	out, err := net.Dial("unix", socket)
	if err != nil {
		return
	}
	defer out.Close()
	done := make(chan struct{}, 2)
	for _, way := range [][2]net.Conn{{in, out}, {out, in}} {
		go func() {
			_, _ = io.Copy(way[0], way[1]) // either end may go at any time
			done <- struct{}{}
		}()
	}
	<-done
}

// slow lets answers come late.
func (p *proxy) slow(by time.Duration) error {
	return p.toxic(fmt.Sprintf(`{"name":"slow","type":"latency","attributes":{"latency":%d}}`, by.Milliseconds()))
}

// swallow lets nothing through in either direction, and closes nothing.
func (p *proxy) swallow() error {
	if err := p.deafen(); err != nil {
		return err
	}
	return p.toxic(`{"name":"up","type":"timeout","stream":"upstream","attributes":{"timeout":0}}`)
}

// deafen lets commands through and swallows the answers: what was committed
// cannot be known.
func (p *proxy) deafen() error {
	return p.toxic(`{"name":"down","type":"timeout","stream":"downstream","attributes":{"timeout":0}}`)
}

func (p *proxy) toxic(definition string) error {
	if _, err := p.Toxics.AddToxicJson(strings.NewReader(definition)); err != nil {
		return fmt.Errorf("fault: proxy: %w", err)
	}
	return nil
}

// heal lets everything through again.
func (p *proxy) heal(ctx context.Context) { p.Toxics.ResetToxics(ctx) }
