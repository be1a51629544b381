package main

import (
	"errors"
	"fmt"
	"log/slog"
	"math"

	"cairn/bot"
	"cairn/bot/llm"
	"cairn/bot/observe/model"
)

// meters are what the bot and the model are counted with.
type meters interface {
	bot.Meters
	llm.Meter
}

// hasModel says that a model was configured.
func (c config) hasModel() bool { return c.ModelKey != "" || c.ModelURL != "" }

// client is a client of the model that was configured; what is counted and
// kept is the caller's.
func (c config) client(change func(*llm.Config), log *slog.Logger) *llm.Client {
	cfg := llm.Config{BaseURL: c.ModelURL, Key: c.ModelKey, Model: c.Model, Timeout: c.ModelTimeout, Log: log,
		Caps: llm.Caps{Tokens: c.ModelTokens, Money: millionths(c.ModelDollars), PriceIn: millionths(c.ModelPriceIn), PriceOut: millionths(c.ModelPriceOut)}}
	if change != nil {
		change(&cfg)
	}
	return llm.New(cfg)
}

func millionths(dollars float64) int64 { return int64(math.Round(dollars * 1e6)) }

func (c config) checkModel() error {
	if c.ModelTokens < 0 || c.ModelDollars < 0 || c.ModelPriceIn < 0 || c.ModelPriceOut < 0 {
		return errors.New("CAIRN_MODEL_TOKENS_A_DAY, CAIRN_MODEL_DOLLARS_A_DAY and the prices: choose 0 (no limit) or more")
	}
	if c.ModelTimeout <= 0 || c.ModelTimeout.Seconds() > 50 {
		return fmt.Errorf("CAIRN_MODEL_TIMEOUT is %s: choose up to 50s", c.ModelTimeout)
	}
	return nil
}

// second is the model that reads every line once more; nil where none was
// configured.
func (h house) second(c config, log *slog.Logger, m meters) (*bot.Second, error) {
	if !c.hasModel() {
		return nil, nil
	}
	client := c.client(func(cfg *llm.Config) { cfg.Ledger, cfg.Cache, cfg.Meter = h.store, h.store, m }, log)
	r, err := model.New(client, h.reader)
	if err != nil {
		return nil, err
	}
	return &bot.Second{Reader: r, Asker: client}, nil
}
