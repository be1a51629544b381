package suggest

// Gap is what the library lacks for c once all that fits has been given or
// passed over.
func (l *Library) Gap(c Case) Gap { return *l.newQuery(&c).gap(0).Gap }
