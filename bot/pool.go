package bot

import (
	"errors"
	"log/slog"
	"runtime/debug"
	"sync"
)

// Why a command is not taken.
var (
	errBusy  = errors.New("too many commands at once") // more than can be answered in time
	errEnded = errors.New("the bot is ending")
)

// pool runs tasks on a bounded number of workers, one person's after the
// other's in turn, so that nobody's burst keeps the others waiting. A panic in
// a task is logged with its id and ends only that task.
type pool struct {
	log   *slog.Logger
	limit int // tasks that may wait
	wg    sync.WaitGroup

	mu      sync.Mutex
	ready   sync.Cond
	queues  map[string][]task
	turn    []string // people with tasks waiting, next first
	waiting int
	aside   int // tasks whose worker another stands in for
	surplus int // workers that are to end
	closed  bool
}

type task struct {
	id string // for the log
	do func()
	// failed answers the person when do panicked
	failed func()
}

func newPool(workers, limit int, log *slog.Logger) *pool {
	p := &pool{log: log, limit: limit, queues: make(map[string][]task)}
	p.ready.L = &p.mu
	for range workers {
		p.wg.Go(p.work)
	}
	return p
}

// put queues a task of a person; it never blocks.
func (p *pool) put(person string, t task) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.closed {
		return errEnded
	}
	if p.waiting+p.aside >= p.limit {
		return errBusy
	}
	if len(p.queues[person]) == 0 {
		p.turn = append(p.turn, person)
	}
	p.queues[person] = append(p.queues[person], t)
	p.waiting++
	p.ready.Signal()
	return nil
}

// stepAside has another worker stand in for the one whose task only waits; back ends that
// one of them who is through first.
func (p *pool) stepAside() (back func()) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.aside++
	p.wg.Go(p.work)
	return func() {
		p.mu.Lock()
		defer p.mu.Unlock()
		p.aside--
		p.surplus++
		p.ready.Signal()
	}
}

// drain takes no more tasks and returns when all that waited are done.
func (p *pool) drain() {
	p.mu.Lock()
	p.closed = true
	p.ready.Broadcast()
	p.mu.Unlock()
	p.wg.Wait()
}

func (p *pool) work() {
	for {
		t, ok := p.next()
		if !ok {
			return
		}
		p.run(t)
	}
}

func (p *pool) next() (task, bool) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for p.waiting == 0 && p.surplus == 0 && !p.closed {
		p.ready.Wait()
	}
	switch {
	case p.surplus > 0:
		p.surplus--
		if p.waiting > 0 {
			p.ready.Signal() // it may have been meant for the one who ends
		}
		return task{}, false
	case p.waiting == 0:
		return task{}, false
	}
	person := p.turn[0]
	p.turn = p.turn[1:]
	q := p.queues[person]
	t := q[0]
	if len(q) > 1 {
		p.queues[person] = q[1:]
		p.turn = append(p.turn, person)
	} else {
		delete(p.queues, person)
	}
	p.waiting--
	return t, true
}

func (p *pool) run(t task) {
	defer func() {
		if r := recover(); r != nil {
			// the value may hold what somebody typed; the stack holds none of it
			p.log.Error("a handler panicked", "id", t.id, "stack", string(debug.Stack()))
			if t.failed != nil {
				t.failed()
			}
		}
	}()
	t.do()
}
