package line

import "strings"

// longestLink bounds how far the closing bracket is looked for.
const longestLink = 4096

// Unescape turns the text of a Slack payload into what the person typed and
// saw: &amp; &lt; &gt; decoded once, <mailto:a@b|a@b> as a@b, links as their
// label where Slack made the link from it and as "label (address)" where a
// person named one, <@U1|dana> as @dana, <#C1|general> as #general, <!here>
// as @here. Everything else stays as it is, invisible characters included;
// what cannot be decoded stays too. The result mentions nobody by itself, but
// must be escaped again before it is sent to Slack.
func Unescape(slackText string) string {
	if !strings.ContainsAny(slackText, "&<") {
		return slackText
	}
	var b strings.Builder
	b.Grow(len(slackText))
	for s := slackText; s != ""; {
		i := strings.IndexAny(s, "&<")
		if i < 0 {
			b.WriteString(s)
			break
		}
		b.WriteString(s[:i])
		s = s[i:]
		if s[0] == '&' {
			n, c := entity(s)
			b.WriteString(c)
			s = s[n:]
			continue
		}
		end := strings.IndexByte(s[:min(len(s), longestLink)], '>')
		if end < 0 || strings.IndexByte(s[1:end], '<') >= 0 || strings.IndexByte(s[:end], '\n') >= 0 {
			b.WriteByte('<')
			s = s[1:]
			continue
		}
		b.WriteString(angle(s[1:end]))
		s = s[end+1:]
	}
	return b.String()
}

// entity decodes the one escape at the start of s: how many bytes it takes,
// and the character.
func entity(s string) (int, string) {
	for _, e := range [...][2]string{{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}} {
		if strings.HasPrefix(s, e[0]) {
			return len(e[0]), e[1]
		}
	}
	return 1, "&"
}

func plainEntities(s string) string {
	if !strings.Contains(s, "&") {
		return s
	}
	return unescaper.Replace(s)
}

var unescaper = strings.NewReplacer("&amp;", "&", "&lt;", "<", "&gt;", ">")

// angle reads what stands between Slack's angle brackets.
func angle(in string) string {
	target, label, labelled := strings.Cut(in, "|")
	target, label = plainEntities(target), plainEntities(label)
	switch {
	case in == "":
		return "<>"
	case target != "" && (target[0] == '@' || target[0] == '#'):
		if labelled && label != "" {
			return target[:1] + strings.TrimLeft(label, "@#")
		}
		return target
	case strings.HasPrefix(target, "!"):
		if labelled && label != "" {
			return label
		}
		name, _, _ := strings.Cut(target[1:], "^")
		return "@" + name
	case strings.HasPrefix(target, "mailto:"), strings.HasPrefix(target, "tel:"):
		_, address, _ := strings.Cut(target, ":")
		if !labelled || label == "" || label == address {
			return address
		}
		return label + " (" + address + ")"
	case strings.Contains(target, "://"):
		if !labelled || label == "" {
			return target
		}
		if strings.Contains(target, strings.TrimSuffix(label, "/")) {
			return label
		}
		return label + " (" + target + ")"
	}
	return "<" + plainEntities(in) + ">"
}
