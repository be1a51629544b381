// Package slacksim is a simulated Slack workspace: the Web API, Socket Mode,
// response URLs, modals, Home tabs and files of one workspace with one
// installed app, faithful enough that a bot cannot tell the difference. Only
// the address it is given (SLACK_API_URL) differs.
//
// It serves three kinds of users. Tests drive it as people would ([User]) and
// make it misbehave ([Faults]). People look at it in a browser (the page at /,
// which speaks the JSON described in sim.go). Benchmarks load it, so the way
// of a slash command holds no lock of the workspace as a whole.
//
// The contract is that what real Slack refuses is refused here with Slack's
// own error name, and what real Slack drops silently is dropped, but written
// down: [Workspace.Violations] says what a bot sent in vain, and
// [Workspace.Mentions] whom it really called. Where Slack's behaviour is not
// documented the stricter reading was taken.
//
// Times: everything people see (message ts, trigger and response URL expiry,
// redelivery of events) follows Config.Now. The deadline of an ack runs on the
// wall clock, since the bot at the other end does too.
package slacksim
