package suggest

// Role is the family of roles that a title belongs to ("IT", "finance"), empty
// where the guide knows none: it tells what somebody is without the words that
// tell who.
func (g *Guide) Role(title string) string {
	if families := g.audience(g.roles, []string{title}).families; len(families) > 0 {
		return families[0]
	}
	return ""
}
