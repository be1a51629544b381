// Package digest works out a team's week for its managers: when it is due,
// what its figures are, and which of them is worth acting on.
//
// The calendar ([Weekly], [Week]) and the rules ([Choose], [Sum.Shown]) are
// pure; figures are weighed by SQL of the store's ([Weigh]) and frozen as
// [Figures], so that a later correction does not rewrite what was said; the
// pictures ([Movement], [Given]) are drawn from what was frozen.
//
// It says nothing about single people: a figure that fewer than three reps
// stand behind is withheld, nobody is ranked, and calls are not counted. The
// words that people read are the caller's.
package digest
