package store

import (
	"slices"
	"strings"
)

// addressed are the candidates to whom an address may belong that nobody is known by:
//   - whom it spells in full and of whom no address is known;
//   - part of whose name it spells, at a domain that bears the name of their company or
//     at which an address of theirs is known, or where the company was typed;
//   - the same where nothing at all is known of where they are.
func addressed(who Who, found []Candidate) []Candidate {
	local, domain, _ := strings.Cut(who.Email, "@")
	var out []Candidate
	for _, c := range found {
		whole, part := spells(who.NameKey, local, c.NameKey)
		whole = whole || c.NameKey == who.NameKey
		unknown := c.Email == ""
		switch {
		case !whole && !part:
		case whole && unknown, atDomain(domain, c), unknown && c.CompanyKey == "", who.CompanyKey != "" && c.CompanyKey == who.CompanyKey:
			out = append(out, c)
		}
	}
	return out
}

// byAddressAlone reports whether a word is a contact's name only because their address spells it:
// nobody has said that they are called so, see [logging.learnCalled]. "dana" may be another.
func (w Who) byAddressAlone(c Candidate) bool {
	local, _, known := strings.Cut(c.Email, "@")
	return known && w.Email == "" && w.oneWord() && c.CompanyKey == "" && c.NameKey == w.NameKey && local == c.NameKey && !slices.Contains(c.Aliases, w.NameKey)
}

// spells reports whether what stands before the @ of an address is a name, or part of
// one: dana.ruiz, ruiz-dana, druiz; dana, ruiz, d.r-uiz. key has its words, folded.
func spells(key, local, name string) (whole, part bool) {
	known, words := strings.Fields(name), strings.Fields(strings.TrimRight(key, digits+" "))
	joined := strings.Join(words, "")
	if len(known) == 0 || joined == "" {
		return false, false
	}
	first, last := known[0], known[len(known)-1]
	if len(known) > 1 && !strings.ContainsAny(local, "._-") {
		switch joined {
		case first + last, last + first:
			return true, true
		case initial(first) + last, last + initial(first), first + initial(last):
			return false, true
		}
	}
	full := 0
	for _, w := range words {
		switch {
		case slices.Contains(known, w):
			full++
		case len([]rune(w)) > 1 || !slices.ContainsFunc(known, func(k string) bool { return strings.HasPrefix(k, w) }):
			return false, false
		}
	}
	return full > 1, full > 0
}

func initial(word string) string {
	for _, r := range word {
		return string(r)
	}
	return ""
}

// leastOfName is how many letters of a company's name tell it in a domain that says more
// or less than it: acme-group.com, acme.com of Acme Industries.
const leastOfName = 4

// atDomain reports whether a domain bears the name of the candidate's company, or is the
// one of their known address.
func atDomain(domain string, c Candidate) bool {
	if _, theirs, ok := strings.Cut(c.Email, "@"); ok && theirs == domain {
		return true
	}
	words := strings.Fields(c.CompanyKey)
	if len(words) == 0 {
		return false
	}
	company := strings.Join(words, "")
	labels := strings.Split(domain, ".")
	for _, label := range labels[:max(len(labels)-1, 1)] { // what stands behind the last dot names no company
		parts := strings.Split(label, "-")
		label = strings.Join(parts, "")
		switch {
		case label == company, similarWord(label, company), label == initials(words) && len(words) > 2:
			return true
		case len([]rune(label)) >= leastOfName && (label == words[0] || strings.HasPrefix(company, label)):
			return true
		case len([]rune(words[0])) >= leastOfName && parts[0] == words[0], len([]rune(company)) >= leastOfName && strings.HasPrefix(label, company):
			return true
		}
	}
	return false
}

func initials(words []string) string {
	var b strings.Builder
	for _, w := range words {
		b.WriteString(initial(w))
	}
	return b.String()
}

// anybodys are the first parts of domains at which anybody may have an address: they tell of
// no company.
var anybodys = map[string]bool{"gmail": true, "googlemail": true, "outlook": true, "hotmail": true, "live": true, "msn": true, "yahoo": true, "icloud": true, "me": true, "mac": true,
	"aol": true, "gmx": true, "web": true, "t-online": true, "freenet": true, "posteo": true, "mailbox": true, "mail": true, "email": true, "proton": true, "protonmail": true, "pm": true,
	"zoho": true, "fastmail": true, "orange": true, "wanadoo": true, "free": true, "laposte": true, "sfr": true, "libero": true, "virgilio": true, "tiscali": true, "alice": true,
	"telefonica": true, "uol": true, "bol": true, "terra": true, "sapo": true, "ziggo": true, "kpnmail": true, "xs4all": true, "planet": true, "bluewin": true, "yandex": true, "qq": true}

// domainOf is what stands behind the @ of an address; empty where that tells of no company.
func domainOf(email string) string {
	_, domain, _ := strings.Cut(email, "@")
	first, rest, _ := strings.Cut(domain, ".")
	if anybodys[first] && !strings.Contains(strings.TrimPrefix(strings.TrimPrefix(rest, "com."), "co."), ".") { // yahoo.co.uk, but not mail.acme.com
		return ""
	}
	return domain
}

// Elsewhere reports whether a typed address speaks against a contact of the name: its domain
// is not their company's, nor that of their own address.
func (w Who) Elsewhere(c Candidate) bool {
	domain := domainOf(w.Email)
	return domain != "" && !atDomain(domain, c) && (c.CompanyKey != "" || domainOf(c.Email) != "")
}

// atAddress asks about the one contact of the name against whom the typed address speaks.
func (w Who) atAddress(m Match, found []Candidate) Match {
	for _, c := range found {
		if c.ID == m.ID && w.Elsewhere(c) {
			return ask([]Candidate{c})
		}
	}
	return m
}

// atHome are those for whom the domain of a typed address speaks.
func atHome(email string, all []Candidate) (here []Candidate) {
	domain := domainOf(email)
	for _, c := range all {
		if domain != "" && atDomain(domain, c) {
			here = append(here, c)
		}
	}
	return here
}
