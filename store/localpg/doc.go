// Package localpg runs a private PostgreSQL server for people who have set no
// DATABASE_URL, and for tests.
//
// Contract: Start attaches to the server that already runs on the directory, or
// starts one from the PostgreSQL programs it finds, making the data the first
// time. Data is kept between runs, in a directory named after PostgreSQL's major
// version; a server is never started on data of another major. Only the user
// who started it, and root, can connect.
//
// # Who ends the server
//
// The server belongs to nobody in particular: it lives for as long as any
// process uses it. Each user holds
//
//   - a shared flock on run/users, by which Stop sees whether others remain;
//   - an open end of the named pipe run/lease, and a watchdog: a small shell
//     that reads the pipe. The pipe ends when its last holder is gone, however it
//     went, because the kernel closes it. The watchdog then stops the server.
//
// So the first process may end, or be killed, without the server dying under
// the second; and kill -9 of the last leaves nothing behind. (Pdeathsig can do
// neither: it follows one thread of one parent, and only on Linux.) The server
// and the watchdogs have sessions of their own, so that Ctrl-C reaches Cairn,
// which drains, and not the database below it.
//
// A server that dies while it is used is started again within a second by
// whichever process notices first.
package localpg
