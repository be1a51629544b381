package line

import "strings"

// companyBehind is the company that stands behind an address without a name: where a word
// says so, or a comma and the domain do. What else stands there is a name.
func companyBehind(rest, email string) string {
	for _, joint := range [...]string{"at ", "@ ", "bei ", "chez ", "presso ", "bij "} {
		if len(rest) > len(joint) && strings.EqualFold(rest[:len(joint)], joint) {
			return tidy(rest[len(joint):])
		}
	}
	if company, ok := strings.CutPrefix(rest, ","); ok && bearsName(email, company) {
		return tidy(company)
	}
	return ""
}

// bearsName reports whether the domain of an address bears a company's name, or the
// beginning of it.
func bearsName(email, company string) bool {
	_, domain, _ := strings.Cut(email, "@")
	key := strings.ReplaceAll(CompanyKey(company), " ", "")
	for label := range strings.SplitSeq(domain, ".") {
		label = strings.ReplaceAll(Key(label), " ", "")
		if key != "" && label != "" && (strings.HasPrefix(label, key) || len(label) > 3 && strings.HasPrefix(key, label)) {
			return true
		}
	}
	return false
}
