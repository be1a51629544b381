package chat

import (
	"errors"
	"strconv"
	"strings"
)

// ErrValue is of a button or form that carries no valid value, such as one of an
// older version.
var ErrValue = errors.New("the button carries no valid value")

// Numbers reads a button's value: n numbers, apart by spaces; or [ErrValue].
func Numbers(value string, n int) ([]int64, error) {
	fields := strings.Fields(value)
	if len(fields) != n {
		return nil, ErrValue
	}
	ids := make([]int64, n)
	for i, f := range fields {
		id, err := strconv.ParseInt(f, 10, 64)
		if err != nil {
			return nil, ErrValue
		}
		ids[i] = id
	}
	return ids, nil
}
