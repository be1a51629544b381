package slacksim

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Workspace is one simulated workspace with one app installed. Its methods may
// be called from any goroutine.
type Workspace struct {
	cfg     Config
	changed bell
	base    atomic.Pointer[string] // http://host the app reached us by
	lastTS  atomic.Int64           // microseconds; a ts is never given twice
	lastID  atomic.Int64
	scopes  atomic.Pointer[[]string]

	mu       sync.RWMutex // guards the maps below, not what they point to
	channels map[string]*channel
	people   map[string]*Person
	order    []string // people as configured
	ims      map[string]string

	hub       hub
	views     views
	files     files
	responses responses
	limits    rates
	log       ledger
	streams   streams
	faults    Faults

	stop   context.CancelFunc
	done   context.Context
	wg     sync.WaitGroup
	closed sync.Once
}

// New makes a workspace. Close it.
func New(cfg Config) *Workspace {
	cfg = cfg.withDefaults()
	done, stop := context.WithCancel(context.Background())
	ws := &Workspace{cfg: cfg, done: done, stop: stop,
		channels: map[string]*channel{}, people: map[string]*Person{}, ims: map[string]string{}}
	ws.scopes.Store(&cfg.Scopes)
	ws.lastID.Store(1000)
	for _, p := range cfg.People {
		ws.people[p.ID] = &p
		ws.order = append(ws.order, p.ID)
	}
	for _, c := range cfg.Channels {
		ws.channels[c.ID] = newChannel(c, cfg.History)
	}
	ws.hub.init()
	ws.views.init()
	ws.files.init()
	ws.responses.init()
	ws.limits.init(cfg.RateLimits)
	ws.log.init(cfg.Deliveries)
	ws.streams.init()
	ws.faults.init(ws)
	ws.wg.Go(ws.heartbeat)
	return ws
}

// Close drops every socket and stream and ends all goroutines.
func (ws *Workspace) Close() {
	ws.closed.Do(func() {
		ws.stop()
		ws.faults.release()
		ws.hub.closeAll()
		ws.wg.Wait()
	})
}

// Handler serves the Web API, Socket Mode, response URLs, files and the page.
func (ws *Workspace) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/api/{method}", ws.serveAPI)
	mux.HandleFunc("GET /link/", ws.serveSocket)
	mux.HandleFunc("POST /response/{id}", ws.serveResponse)
	mux.HandleFunc("POST /upload/{id}", ws.serveUpload)
	mux.HandleFunc("GET /files/{id}/{name}", ws.serveFile)
	mux.HandleFunc("GET /archives/{channel}/{message}", servePermalink)
	ws.routeSim(mux)
	mux.Handle("/", servePage())
	return mux
}

// Serve listens on addr until ctx ends, then closes the workspace.
func (ws *Workspace) Serve(ctx context.Context, addr string) error {
	ln, err := (&net.ListenConfig{}).Listen(ctx, "tcp", addr)
	if err != nil {
		return fmt.Errorf("slacksim: listen: %w", err)
	}
	return ws.ServeListener(ctx, ln)
}

// ServeListener is Serve for those who must know the port first.
func (ws *Workspace) ServeListener(ctx context.Context, ln net.Listener) error {
	ws.setBase("http://" + ln.Addr().String())
	srv := &http.Server{Handler: ws.Handler(), ReadHeaderTimeout: 10 * time.Second}
	ended := make(chan error, 1)
	go func() { ended <- srv.Serve(ln) }()
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		ws.Close()
		err = errors.Join(srv.Close(), <-ended)
	}
	ws.Close()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

func (ws *Workspace) setBase(s string) { ws.base.Store(&s) }

// seenAs remembers the address that the app uses for us; upload, response and
// socket URLs lead back the same way (through a proxy too).
func (ws *Workspace) seenAs(r *http.Request) string {
	scheme := "http"
	if r.TLS != nil || r.Header.Get("X-Forwarded-Proto") == "https" {
		scheme = "https"
	}
	base := scheme + "://" + r.Host
	if p := ws.base.Load(); p == nil || *p != base {
		ws.setBase(base)
	}
	return base
}

func (ws *Workspace) baseURL() string {
	if p := ws.base.Load(); p != nil {
		return *p
	}
	return "http://127.0.0.1"
}

// newTS gives the next message timestamp: the workspace's clock, or a
// microsecond after the last one where that is later.
func (ws *Workspace) newTS() string {
	now := ws.cfg.Now().UnixMicro()
	for {
		last := ws.lastTS.Load()
		if ws.lastTS.CompareAndSwap(last, max(now, last+1)) {
			return formatTS(max(now, last+1))
		}
	}
}

func formatTS(micros int64) string {
	var buf [24]byte
	b := strconv.AppendInt(buf[:0], micros/1_000_000, 10)
	b = append(b, '.')
	frac := micros % 1_000_000
	for d := int64(100_000); d > 0; d /= 10 {
		b = append(b, byte('0'+frac/d%10))
	}
	return string(b)
}

// newID gives a short id that is unique in this workspace, in Slack's letters.
func (ws *Workspace) newID(prefix string) string {
	const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	n := ws.lastID.Add(1)
	buf := [9]byte{'0', '0', '0', '0', '0', '0', '0', '0', '0'}
	for i := len(buf) - 1; n > 0 && i >= 0; i-- {
		buf[i] = letters[n%36]
		n /= 36
	}
	return prefix + string(buf[:])
}

func (ws *Workspace) newBlockID() string { return ws.newID("")[4:] }

// newSecret gives an id that cannot be guessed.
func newSecret() string { return rand.Text() }

func (ws *Workspace) heartbeat() {
	tick := time.NewTicker(time.Second)
	defer tick.Stop()
	for {
		select {
		case <-ws.done.Done():
			return
		case <-tick.C:
			ws.Tick()
		}
	}
}

// Tick does what is due by the workspace's clock, such as redelivering events.
// It runs by itself every second; call it after moving the clock.
func (ws *Workspace) Tick() { ws.redeliverDue() }

func (ws *Workspace) person(id string) *Person {
	ws.mu.RLock()
	defer ws.mu.RUnlock()
	return ws.people[id]
}

func (ws *Workspace) channel(id string) *channel {
	ws.mu.RLock()
	defer ws.mu.RUnlock()
	return ws.channels[id]
}

// im gives the direct message channel of the app and user, made if need be.
func (ws *Workspace) im(user string) *channel {
	ws.mu.RLock()
	c := ws.channels[ws.ims[user]]
	ws.mu.RUnlock()
	if c != nil {
		return c
	}
	ws.mu.Lock()
	defer ws.mu.Unlock()
	if c := ws.channels[ws.ims[user]]; c != nil {
		return c
	}
	id := "D" + user[1:]
	c = newChannel(Channel{ID: id, Members: []string{user, ws.cfg.App.BotUserID}}, ws.cfg.History)
	c.imWith = user
	ws.channels[id] = c
	ws.ims[user] = id
	return c
}

// listChannels gives the channels (not direct messages) in the order of their names.
func (ws *Workspace) listChannels() []*channel {
	ws.mu.RLock()
	defer ws.mu.RUnlock()
	var out []*channel
	for _, c := range ws.channels {
		if c.imWith == "" {
			out = append(out, c)
		}
	}
	slices.SortFunc(out, func(a, b *channel) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return out
}
