package suggest

import (
	"errors"
	"net"
	"net/url"
	"path"
	"slices"
	"sort"
	"strings"
)

// trackers are query parameters that say how somebody came, never what is
// there. Prefixes end in "_".
var trackers = []string{"utm_", "mc_", "hsa_", "mtm_", "gad_", "fbclid", "gclid", "gbraid", "wbraid", "msclkid", "dclid", "yclid", "ttclid", "twclid", "li_fat_id", "igshid", "igsh",
	"_hsenc", "_hsmi", "_ga", "_gl", "mkt_tok", "trk", "pk_campaign", "pk_kwd", "pk_keyword", "pk_source", "pk_medium", "pk_content", "pk_cid"}

// mayTrack are those that on some sites say what is there: two pages are one without them,
// and no address that people follow is cut by them.
var mayTrack = []string{"ref", "source"}

// CanonicalURL returns the form of a web address by which two addresses of the
// same page are equal: scheme https, host in lower case without "www." and
// default port, a clean path without index file and trailing slash, no
// fragment, parameters sorted and without those that only track. It refuses
// what is no absolute http or https address, and addresses that carry a
// password. Nothing is fetched.
func CanonicalURL(raw string) (string, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return "", errors.New("not a web address")
	}
	scheme := strings.ToLower(u.Scheme)
	if scheme != "http" && scheme != "https" || u.Host == "" || u.Opaque != "" {
		return "", errors.New("not a full web address: it must begin with https:// and name a site")
	}
	if u.User != nil {
		return "", errors.New("the address carries a user name or password")
	}
	host, err := canonicalHost(u)
	if err != nil {
		return "", err
	}
	return "https://" + host + canonicalPath(u) + canonicalQuery(u), nil
}

func canonicalHost(u *url.URL) (string, error) {
	host := strings.TrimSuffix(strings.ToLower(u.Hostname()), ".")
	host = strings.TrimPrefix(host, "www.")
	if host == "" || strings.ContainsAny(host, " \t<>\"'`\\") {
		return "", errors.New("the address names no site")
	}
	if strings.Contains(host, ":") {
		host = "[" + host + "]"
	}
	if port := u.Port(); port != "" && port != "80" && port != "443" {
		host = net.JoinHostPort(strings.Trim(host, "[]"), port)
	}
	return host, nil
}

func canonicalPath(u *url.URL) string {
	p := u.Path
	if p == "" {
		return ""
	}
	p = path.Clean("/" + p)
	for _, index := range []string{"/index.html", "/index.htm", "/index.php"} {
		p = strings.TrimSuffix(p, index)
	}
	if p == "/" || p == "" {
		return ""
	}
	return (&url.URL{Path: p}).EscapedPath()
}

func canonicalQuery(u *url.URL) string {
	query := u.Query()
	for name := range query {
		if tracks(name) || slices.Contains(mayTrack, strings.ToLower(name)) {
			delete(query, name)
		}
	}
	for _, values := range query {
		sort.Strings(values)
	}
	if len(query) == 0 {
		return ""
	}
	return "?" + query.Encode()
}

func tracks(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc(trackers, func(t string) bool {
		return name == t || strings.HasSuffix(t, "_") && strings.HasPrefix(name, t)
	})
}

// WithoutTrackers is a web address as typed but for the parameters that surely only track.
func WithoutTrackers(raw string) string { return withoutParameters(raw, tracks) }

// SameButTracked reports whether a web address is another, as typed, with nothing but
// parameters added that track, or may.
func SameButTracked(raw, clean string) bool {
	return raw != clean && clean == withoutParameters(raw, func(name string) bool {
		return tracks(name) || slices.Contains(mayTrack, strings.ToLower(name))
	})
}

// withoutParameters leaves all else of an address as it is, byte for byte.
func withoutParameters(raw string, out func(name string) bool) string {
	address, fragment, marked := strings.Cut(raw, "#")
	page, query, ok := strings.Cut(address, "?")
	if !ok {
		return raw
	}
	var kept []string
	for part := range strings.SplitSeq(query, "&") {
		name, _, _ := strings.Cut(part, "=")
		if plain, err := url.QueryUnescape(name); err != nil || !out(plain) {
			kept = append(kept, part)
		}
	}
	if len(kept) > 0 {
		page += "?" + strings.Join(kept, "&")
	}
	if marked {
		page += "#" + fragment
	}
	return page
}
