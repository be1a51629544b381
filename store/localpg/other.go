//go:build !unix

package localpg

import (
	"context"
	"errors"
	"runtime"
)

// Server is a private server; there are none on this system.
type Server struct{}

func start(context.Context, Options) (*Server, error) {
	return nil, errors.New("a private server is not offered on " + runtime.GOOS + ": set DATABASE_URL")
}

func (*Server) URL() string { return "" }
func (*Server) Owned() bool { return false }
func (*Server) Stop() error { return nil }
