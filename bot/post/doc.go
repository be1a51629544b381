// Package post takes the outbox to Slack. Whatever is not an ack leaves
// through it: messages to channels, direct messages, changed messages, and
// answers to a response_url.
//
// Write the posting in the transaction that makes it necessary
// (store.EnqueueTx, or [store.Store.Enqueue] alone), then [Poster.Kick]: it
// leaves within milliseconds, and without a kick within a second, from
// whichever replica claims it first.
//
// What is promised:
//
//   - A posting is committed as being sent before it is sent, and is never sent
//     twice blindly. When the outcome of a post is unknown (a time-out, a cut
//     connection, a process killed meanwhile) it is looked up in the history by
//     the key that goes with each message as metadata; where the history may
//     not be read it stays unknown, and its owner is told once.
//   - Changed messages, and answers that replace a message, may be repeated
//     without harm, and are.
//   - One message a second a channel, Retry-After is waited out to the end, by
//     every replica. A status of 503 is Slack's refusal and tried again, ever more
//     slowly; 500, 502 and 504 say nothing of whether the message stands.
//   - A response_url that has expired or is used up becomes a direct message.
//   - A channel that is gone, archived or without the bot is parked with all
//     that waits for it, and the owner gets one word about it.
//   - What Slack refuses for a day, or says that it never takes, is given up, and
//     its owner is told once. What could not be asked of Slack waits as long as
//     it takes.
//   - A token that Slack no longer takes stops everything but one try now and
//     then; nothing is dropped ([Poster.Token]).
package post
