package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"time"

	envconfig "github.com/caarlos0/env/v11"
)

// config is every setting, from the environment. A name that ends in _FILE
// names a file that holds the secret.
type config struct {
	AppToken     string `env:"SLACK_APP_TOKEN" secret:"yes" about:"app token (xapp-…) for Socket Mode"`
	AppTokenFile string `env:"SLACK_APP_TOKEN_FILE,file" secret:"yes" about:"file that holds the app token"`
	BotToken     string `env:"SLACK_BOT_TOKEN" secret:"yes" about:"bot token (xoxb-…)"`
	BotTokenFile string `env:"SLACK_BOT_TOKEN_FILE,file" secret:"yes" about:"file that holds the bot token"`
	SlackAPI     string `env:"SLACK_API_URL" about:"another Slack's API, like http://127.0.0.1:8080/api/ (cairn try --no-bot); empty: Slack itself"`

	Database     string `env:"DATABASE_URL" secret:"yes" about:"Postgres; empty: a private local server"`
	DatabaseFile string `env:"DATABASE_URL_FILE,file" secret:"yes" about:"file that holds the database's address"`

	ModelKey     string `env:"OPENAI_API_KEY" secret:"yes" about:"key of a model; with no key and no base URL, the built-in reading alone"`
	ModelKeyFile string `env:"OPENAI_API_KEY_FILE,file" secret:"yes" about:"file that holds the key"`
	ModelURL     string `env:"OPENAI_BASE_URL" about:"any server that speaks OpenAI's protocol"`
	Model        string `env:"OPENAI_MODEL" envDefault:"gpt-4o-mini" about:"which model reads and phrases"`

	ModelTimeout  time.Duration `env:"CAIRN_MODEL_TIMEOUT" envDefault:"25s" about:"time limit of one question to the model, all tries together"`
	ModelTokens   int64         `env:"CAIRN_MODEL_TOKENS_A_DAY" envDefault:"5000000" about:"tokens that a team may use in a day; 0: no limit"`
	ModelDollars  float64       `env:"CAIRN_MODEL_DOLLARS_A_DAY" envDefault:"5" about:"what a team may spend in a day, by the prices below; 0: no limit"`
	ModelPriceIn  float64       `env:"CAIRN_MODEL_PRICE_IN" envDefault:"0.15" about:"dollars for a million tokens asked"`
	ModelPriceOut float64       `env:"CAIRN_MODEL_PRICE_OUT" envDefault:"0.60" about:"dollars for a million tokens answered"`

	Environment string        `env:"CAIRN_ENV" about:"production: refuse to run on the private local server"`
	Sockets     int           `env:"CAIRN_SOCKETS" envDefault:"2" about:"Socket Mode connections of this process, 1 to 4; all replicas together at most 10"`
	Workers     int           `env:"CAIRN_WORKERS" envDefault:"32" about:"commands worked on at once"`
	Connections int32         `env:"CAIRN_DB_CONNECTIONS" envDefault:"10" about:"connections to Postgres; on two cores, more of them do less"`
	Prefix      string        `env:"CAIRN_COMMAND_PREFIX" about:"stands before each slash command: c- makes /c-log"`
	Admins      []string      `env:"CAIRN_ADMINS" about:"Slack ids (U…) of people who are admins while this names them, apart by commas"`
	PromptsDir  string        `env:"CAIRN_PROMPTS_DIR" about:"folder whose files stand in front of the built-in prompts, journeys and cues"`
	StateDir    string        `env:"CAIRN_STATE_DIR" about:"where the private local server keeps its data"`
	Listen      string        `env:"CAIRN_LISTEN" envDefault:"127.0.0.1:9464" about:"address of /healthz, /readyz and /metrics; off: none"`
	JobsPage    bool          `env:"CAIRN_JOBS_PAGE" about:"true: River's page of the jobs at /jobs/ on that address; it can cancel and repeat jobs and asks for no password"`
	JobsOpen    bool          `env:"CAIRN_JOBS_PAGE_OPEN" about:"true: that page also where CAIRN_LISTEN is an address that others reach; they can cancel and delete jobs"`
	LogLevel    string        `env:"CAIRN_LOG" envDefault:"info" about:"debug, info, warn or error"`
	CallLimit   time.Duration `env:"CAIRN_SLACK_TIMEOUT" envDefault:"5s" about:"time limit of one call to Slack"`
}

// readConfig reads the settings strictly: a value that makes no sense is
// refused with its name.
func readConfig(vars []string) (config, error) {
	var c config
	values := make(map[string]string, len(vars))
	for _, v := range vars {
		if name, value, ok := strings.Cut(v, "="); ok {
			values[name] = value
		}
	}
	var unread error
	if err := envconfig.ParseWithOptions(&c, envconfig.Options{Environment: values}); err != nil {
		var names []string
		names, unread = named(err)
		for _, name := range names {
			delete(values, name)
		}
		c = config{} // what can be read is looked at all the same, so that all mistakes are told at once
		if envconfig.ParseWithOptions(&c, envconfig.Options{Environment: values}) != nil {
			return c, unread
		}
	}
	for _, pair := range []struct{ value, file *string }{{&c.AppToken, &c.AppTokenFile}, {&c.BotToken, &c.BotTokenFile},
		{&c.Database, &c.DatabaseFile}, {&c.ModelKey, &c.ModelKeyFile}} {
		if *pair.value == "" {
			*pair.value = *pair.file
		}
	}
	c.tidy()
	return c, errors.Join(unread, c.checkTokens(), c.check())
}

// tidy takes away what a file or a copied line leaves around a value.
func (c *config) tidy() {
	for _, v := range []*string{&c.AppToken, &c.BotToken, &c.SlackAPI, &c.Database, &c.ModelKey, &c.ModelURL, &c.Listen} {
		*v = strings.TrimSpace(*v)
	}
	for i := range c.Admins {
		c.Admins[i] = strings.TrimSpace(c.Admins[i])
	}
	c.Admins = slices.DeleteFunc(c.Admins, func(id string) bool { return id == "" })
	if u, err := url.Parse(c.SlackAPI); err == nil && u.Host != "" && !strings.HasSuffix(u.Path, "/") {
		if u.Path == "" {
			u.Path = "/api" // where Slack and every simulation of it have it
		}
		u.Path += "/"
		c.SlackAPI = u.String()
	}
}

// named gives the names of the settings whose values are of no use, and tells each
// value under its name.
func named(err error) (names []string, told error) {
	var all envconfig.AggregateError
	if !errors.As(err, &all) {
		return nil, fmt.Errorf("settings: %w", err)
	}
	var errs []error
	for _, one := range all.Errors {
		var parse envconfig.ParseError
		var file envconfig.LoadFileContentError
		switch {
		case errors.As(one, &file):
			names = append(names, file.Key)
			errs = append(errs, fmt.Errorf("settings: %w", one))
			continue
		case !errors.As(one, &parse):
			errs = append(errs, fmt.Errorf("settings: %w", one))
			continue
		}
		name := parse.Name
		if f, ok := reflect.TypeFor[config]().FieldByName(parse.Name); ok {
			name, _, _ = strings.Cut(f.Tag.Get("env"), ",")
		}
		names = append(names, name)
		errs = append(errs, fmt.Errorf("%s: it wants a value like %s: %w", name, likeness(parse.Type), parse.Err))
	}
	return names, errors.Join(errs...)
}

// likeness shows how a value of a type is written.
func likeness(t reflect.Type) string {
	switch {
	case t == reflect.TypeFor[time.Duration]():
		return "5s"
	case t.Kind() == reflect.Bool:
		return "true"
	}
	return "16"
}

// slackUser is Slack's id of a person.
var slackUser = regexp.MustCompile(`^[UW][A-Z0-9]{3,}$`)

// errToken is a token of the wrong kind, of which doctor tells by itself.
type errToken string

func (e errToken) Error() string { return string(e) }

// checkTokens looks at the tokens' shape; only Slack knows whether they are good.
func (c config) checkTokens() error {
	app, bot := strings.HasPrefix(c.BotToken, "xapp-"), strings.HasPrefix(c.AppToken, "xoxb-")
	switch {
	case app && bot:
		return errToken("SLACK_APP_TOKEN begins with xapp-, SLACK_BOT_TOKEN with xoxb-: here they are exchanged")
	case bot:
		return errToken("SLACK_APP_TOKEN holds a bot token (xoxb-…): it wants the app's own, which begins with xapp-")
	case app:
		return errToken("SLACK_BOT_TOKEN holds an app token (xapp-…): it wants the bot's, which begins with xoxb-")
	case c.AppToken != "" && !strings.HasPrefix(c.AppToken, "xapp-"): // without Slack nobody else would say so
		return errToken("SLACK_APP_TOKEN is no app token: it begins with xapp-, and stands on the app's page “Basic Information”")
	}
	for name, token := range map[string]string{"SLACK_APP_TOKEN": c.AppToken, "SLACK_BOT_TOKEN": c.BotToken} {
		if strings.ContainsFunc(token, func(r rune) bool { return r <= ' ' || r > '~' }) {
			return errToken(name + " has a space, a line break or a foreign character inside: copy it anew")
		}
	}
	return nil
}

// checkPrefix looks at what stands before each slash command, by the name of where it was
// given.
func checkPrefix(name, prefix string) error {
	if len("/"+prefix+"coach") > 32 || strings.ContainsAny(prefix, " /") {
		return fmt.Errorf("%s is %q: at most 26 characters, no space and no slash", name, prefix)
	}
	return nil
}

func (c config) check() error {
	var errs []error
	if c.Sockets < 1 || c.Sockets > 4 {
		errs = append(errs, fmt.Errorf("CAIRN_SOCKETS is %d: choose 1 to 4", c.Sockets))
	}
	if c.Workers < 1 || c.Workers > 512 {
		errs = append(errs, fmt.Errorf("CAIRN_WORKERS is %d: choose 1 to 512", c.Workers))
	}
	if c.Connections < 2 || c.Connections > 500 {
		errs = append(errs, fmt.Errorf("CAIRN_DB_CONNECTIONS is %d: choose 2 to 500", c.Connections))
	}
	if c.Environment != "" && c.Environment != "production" && c.Environment != "development" {
		errs = append(errs, fmt.Errorf("CAIRN_ENV is %q: choose production or development", c.Environment))
	}
	if err := checkPrefix("CAIRN_COMMAND_PREFIX", c.Prefix); err != nil {
		errs = append(errs, err)
	}
	if c.CallLimit < time.Second || c.CallLimit > time.Minute {
		errs = append(errs, fmt.Errorf("CAIRN_SLACK_TIMEOUT is %s: choose 1s to 1m", c.CallLimit))
	}
	if u, err := url.Parse(c.SlackAPI); c.SlackAPI != "" && (err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https") {
		errs = append(errs, fmt.Errorf("SLACK_API_URL is %q: write it like http://127.0.0.1:8080/api/", c.SlackAPI))
	}
	if c.Listen != "off" {
		if _, err := net.ResolveTCPAddr("tcp", c.Listen); err != nil || !strings.Contains(c.Listen, ":") {
			errs = append(errs, fmt.Errorf("CAIRN_LISTEN is %q: write an address and a port, like 127.0.0.1:9464, or off", c.Listen))
		}
	}
	for _, id := range c.Admins {
		if !slackUser.MatchString(id) {
			errs = append(errs, fmt.Errorf("CAIRN_ADMINS names %q, which is no Slack id of a person: they begin with U or W; in Slack, a profile's menu has “Copy member ID”", id))
		}
	}
	if err := c.checkModel(); err != nil {
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

type configCmd struct{}

// Run lists every setting; of secrets, only whether they are set.
func (configCmd) Run(e *env) error {
	t, v := reflect.TypeOf(e.config), reflect.ValueOf(e.config)
	for i := range t.NumField() {
		f := t.Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("env"), ",")
		set := ""
		for _, kv := range e.vars {
			if strings.HasPrefix(kv, name+"=") {
				set = fmt.Sprintf("set to %v", v.Field(i).Interface())
				if f.Tag.Get("secret") != "" {
					set = "set"
				}
			}
		}
		if set == "" {
			set = "not set"
			if d := f.Tag.Get("envDefault"); d != "" {
				set = "default " + d
			}
		}
		fmt.Fprintf(e.stdout, "%-24s %-28s %s\n", name, set, f.Tag.Get("about"))
	}
	return nil
}
