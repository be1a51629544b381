package slacksim

// The limits of Slack that the simulation enforces. Unless a comment says
// otherwise they are those of docs.slack.dev; lengths are in characters.
const (
	maxMessageBlocks = 50
	maxViewBlocks    = 100
	maxModalStack    = 3
	maxViewBytes     = 250_000
	maxAckBytes      = 20_480  // Slack drops longer answers silently (slack-go refuses them)
	maxPostText      = 40_000  // chat.postMessage; 4,000 is advised
	maxUpdateText    = 4_000   // chat.update
	maxAllBlocksText = 13_200  // seen, not documented: bolt-js#2509
	maxMarkdownText  = 12_000  // over all markdown blocks of a message
	maxTableText     = 10_000  // over all cells of all table blocks
	maxDataTableText = 20_000  // over all cells of one data_table
	maxCharts        = 2       // data_visualization blocks a message
	maxSockets       = 10      // Socket Mode connections an app
	maxResponseUses  = 5       // posts to one response_url
	maxFileBytes     = 1 << 30 // files.getUploadURLExternal
)

// kind says what a field of a block or element holds, and so how max is read.
type kind int

const (
	kAny         kind = iota // not looked into
	kString                  // max characters
	kPlain                   // text object, plain_text only
	kText                    // text object, plain_text or mrkdwn
	kBool                    //
	kInt                     // between min and max
	kEnum                    // one of `of`
	kElement                 // an element whose type is one of `of`
	kElements                // between min and max elements of `of`
	kTexts                   // up to max text objects of up to `each` characters
	kOptions                 // up to max options; text kind in `opt`
	kOption                  // one option
	kGroups                  // up to max option groups
	kConfirm                 // confirmation dialog
	kFeedback                // a button of feedback_buttons
	kRich                    // elements of a rich_text block
	kRichBlock               // a whole rich_text block
	kBlocks                  // up to max nested blocks
	kTableRows               // rows of a table
	kDataRows                // rows of a data_table
	kChart                   // chart of a data_visualization
	kStringOrNum             // number or numeric string
)

// field is one line of the table: a property, what it may hold, how much of it.
type field struct {
	name     string
	kind     kind
	max      int
	min      int
	each     int
	required bool
	opt      kind
	of       []string
}

// surface says where blocks are shown.
type surface int

const (
	inMessage surface = 1 << iota
	inModal
	inHome
	everywhere = inMessage | inModal | inHome
)

// spec is the shape of one block or element type.
type spec struct {
	where  surface
	fields []field
}

var (
	blockID  = field{name: "block_id", kind: kString, max: 255}
	actionID = field{name: "action_id", kind: kString, max: 255}
	confirm  = field{name: "confirm", kind: kConfirm}
	focus    = field{name: "focus_on_load", kind: kBool}
	visible  = field{name: "visible_to_user_ids", kind: kAny}
	dispatch = field{name: "dispatch_action_config", kind: kAny}
	hint     = field{name: "placeholder", kind: kPlain, max: 150}
	altText  = field{name: "alt_text", kind: kString, max: 2000, min: 1, required: true}
	imageURL = field{name: "image_url", kind: kString, max: 3000, min: 1}
	fileRef  = field{name: "slack_file", kind: kAny}
	a11y     = field{name: "accessibility_label", kind: kString, max: 75}
	style    = field{name: "style", kind: kEnum, of: []string{"primary", "danger"}}
	filter   = field{name: "filter", kind: kAny}
	maxItems = field{name: "max_selected_items", kind: kInt, min: 1, max: 1 << 30}
	minQuery = field{name: "min_query_length", kind: kInt, min: 0, max: 1 << 30}
	toHere   = field{name: "default_to_current_conversation", kind: kBool}
)

var (
	menus = []string{"static_select", "external_select", "users_select", "conversations_select", "channels_select"}
	multi = []string{"multi_static_select", "multi_external_select", "multi_users_select",
		"multi_conversations_select", "multi_channels_select"}
	pickers = []string{"radio_buttons", "checkboxes", "datepicker", "timepicker"}

	inSection = join(menus, multi, pickers, []string{"button", "overflow", "image", "workflow_button"})
	inActions = join(menus, multi, pickers, []string{"button", "overflow", "datetimepicker", "rich_text_input", "workflow_button"})
	inInput   = join(menus, multi, pickers, []string{"datetimepicker", "plain_text_input", "rich_text_input",
		"email_text_input", "url_text_input", "number_input", "file_input"})
)

func join(lists ...[]string) []string {
	var all []string
	for _, l := range lists {
		all = append(all, l...)
	}
	return all
}

// blockSpecs is the table of blocks. A property that is not listed is refused,
// as Slack refuses it ("invalid additional property").
var blockSpecs = map[string]spec{
	"section": {everywhere, []field{blockID,
		{name: "text", kind: kText, max: 3000},
		{name: "fields", kind: kTexts, min: 1, max: 10, each: 2000},
		{name: "accessory", kind: kElement, of: inSection},
		{name: "expand", kind: kBool}}},
	"header": {everywhere, []field{blockID,
		{name: "text", kind: kPlain, max: 150, required: true},
		{name: "level", kind: kInt, min: 1, max: 6}}},
	"divider": {everywhere, []field{blockID}},
	"image": {everywhere, []field{blockID, altText, imageURL, fileRef,
		{name: "title", kind: kPlain, max: 2000}}},
	"actions": {everywhere, []field{blockID,
		{name: "elements", kind: kElements, min: 1, max: 25, of: inActions, required: true}}},
	"context": {everywhere, []field{blockID,
		{name: "elements", kind: kElements, min: 1, max: 10, of: []string{"image", "plain_text", "mrkdwn"}, required: true}}},
	"context_actions": {inMessage, []field{blockID,
		{name: "elements", kind: kElements, min: 1, max: 5, of: []string{"feedback_buttons", "icon_button"}, required: true}}},
	"input": {everywhere, []field{blockID,
		{name: "label", kind: kPlain, max: 2000, required: true},
		{name: "element", kind: kElement, of: inInput, required: true},
		{name: "hint", kind: kPlain, max: 2000},
		{name: "optional", kind: kBool},
		{name: "dispatch_action", kind: kBool}}},
	"rich_text": {everywhere, []field{blockID, {name: "elements", kind: kRich, required: true}}},
	"markdown":  {inMessage, []field{blockID, {name: "text", kind: kString, min: 1, max: maxMarkdownText, required: true}}},
	"video": {everywhere, []field{blockID, altText,
		{name: "title", kind: kPlain, max: 200, required: true},
		{name: "video_url", kind: kString, max: 3000, required: true},
		{name: "thumbnail_url", kind: kString, max: 3000, required: true},
		{name: "title_url", kind: kString, max: 3000},
		{name: "author_name", kind: kString, max: 50},
		{name: "provider_name", kind: kString, max: 50},
		{name: "provider_icon_url", kind: kString, max: 3000},
		{name: "description", kind: kPlain, max: 200}}},
	"file": {inMessage, []field{blockID,
		{name: "external_id", kind: kString, max: 255, required: true},
		{name: "source", kind: kEnum, of: []string{"remote"}, required: true}}},
	"alert": {inModal, []field{blockID,
		{name: "text", kind: kText, max: 3000, required: true},
		{name: "level", kind: kEnum, of: []string{"default", "info", "warning", "error", "success"}}}},
	"card": {everywhere, []field{blockID,
		{name: "hero_image", kind: kElement, of: []string{"image"}},
		{name: "icon", kind: kElement, of: []string{"image"}},
		{name: "slack_icon", kind: kAny},
		{name: "title", kind: kText, max: 150},
		{name: "subtitle", kind: kText, max: 150},
		{name: "body", kind: kText, max: 200},
		{name: "subtext", kind: kText, max: 200},
		{name: "actions", kind: kElements, min: 1, max: 5, of: []string{"button"}}}},
	"carousel": {inMessage | inHome, []field{blockID,
		{name: "elements", kind: kBlocks, min: 1, max: 10, of: []string{"card"}, required: true}}},
	"container": {inMessage, []field{blockID,
		{name: "title", kind: kPlain, max: 150},
		{name: "rich_text_title", kind: kRichBlock},
		{name: "subtitle", kind: kText, max: 150},
		{name: "icon", kind: kElement, of: []string{"image"}},
		{name: "width", kind: kEnum, of: []string{"narrow", "standard", "wide", "full"}},
		{name: "is_collapsible", kind: kBool},
		{name: "default_collapsed", kind: kBool},
		{name: "has_header_divider", kind: kBool},
		{name: "child_blocks", kind: kBlocks, min: 1, max: 10, required: true, of: []string{"actions", "context",
			"divider", "file", "header", "image", "input", "rich_text", "section", "table", "video"}}}},
	"plan": {inMessage, []field{blockID,
		{name: "title", kind: kString, min: 1, max: 3000, required: true},
		{name: "tasks", kind: kBlocks, max: 50, of: []string{"task_card"}}}},
	"task_card": {inMessage, []field{blockID,
		{name: "task_id", kind: kString, min: 1, max: 255, required: true},
		{name: "title", kind: kString, min: 1, max: 3000, required: true},
		{name: "status", kind: kEnum, of: []string{"pending", "in_progress", "complete", "error"}},
		{name: "details", kind: kRichBlock},
		{name: "output", kind: kRichBlock},
		{name: "sources", kind: kAny},
		{name: "hide_title", kind: kBool}}},
	"table": {inMessage, []field{blockID,
		{name: "rows", kind: kTableRows, min: 1, max: 100, each: 20, required: true},
		{name: "column_settings", kind: kAny}}},
	"data_table": {inMessage, []field{blockID,
		{name: "caption", kind: kString, min: 1, max: 3000, required: true},
		{name: "rows", kind: kDataRows, min: 2, max: 201, each: 20, required: true},
		{name: "page_size", kind: kInt, min: 1, max: 100},
		{name: "row_header_column_index", kind: kInt, min: 0, max: 19}}},
	"data_visualization": {inMessage, []field{blockID,
		{name: "title", kind: kString, min: 1, max: 50, required: true},
		{name: "chart", kind: kChart, required: true}}},
}

// elementSpecs is the table of block elements.
var elementSpecs = map[string]spec{
	"button": {everywhere, []field{actionID, style, confirm, a11y, visible,
		{name: "text", kind: kPlain, max: 75, required: true},
		{name: "value", kind: kString, max: 2000},
		{name: "url", kind: kString, max: 3000},
		{name: "agent_prompt", kind: kAny},
		{name: "agent_prompt_display", kind: kAny}}},
	"icon_button": {inMessage, []field{actionID, confirm, a11y, visible,
		{name: "icon", kind: kString, min: 1, max: 255, required: true},
		{name: "text", kind: kPlain, max: 75, required: true},
		{name: "value", kind: kString, max: 2000}}},
	"feedback_buttons": {inMessage, []field{actionID,
		{name: "positive_button", kind: kFeedback, required: true},
		{name: "negative_button", kind: kFeedback, required: true}}},
	"workflow_button": {inMessage, []field{actionID, style, a11y,
		{name: "text", kind: kPlain, max: 75, required: true},
		{name: "workflow", kind: kAny, required: true}}},
	"overflow": {everywhere, []field{actionID, confirm,
		{name: "options", kind: kOptions, min: 1, max: 5, opt: kPlain, required: true}}},
	"image": {everywhere, []field{altText, imageURL, fileRef}},
	"static_select": {everywhere, []field{actionID, confirm, focus, hint,
		{name: "options", kind: kOptions, min: 1, max: 100, opt: kPlain},
		{name: "option_groups", kind: kGroups, min: 1, max: 100, opt: kPlain},
		{name: "initial_option", kind: kOption, opt: kPlain}}},
	"external_select": {everywhere, []field{actionID, confirm, focus, hint, minQuery,
		{name: "initial_option", kind: kOption, opt: kPlain}}},
	"users_select": {everywhere, []field{actionID, confirm, focus, hint,
		{name: "initial_user", kind: kString, max: 255}}},
	"conversations_select": {everywhere, []field{actionID, confirm, focus, hint, filter, toHere,
		{name: "initial_conversation", kind: kString, max: 255},
		{name: "response_url_enabled", kind: kBool}}},
	"channels_select": {everywhere, []field{actionID, confirm, focus, hint,
		{name: "initial_channel", kind: kString, max: 255},
		{name: "response_url_enabled", kind: kBool}}},
	"multi_static_select": {everywhere, []field{actionID, confirm, focus, hint, maxItems,
		{name: "options", kind: kOptions, min: 1, max: 100, opt: kPlain},
		{name: "option_groups", kind: kGroups, min: 1, max: 100, opt: kPlain},
		{name: "initial_options", kind: kOptions, min: 1, max: 100, opt: kPlain}}},
	"multi_external_select": {everywhere, []field{actionID, confirm, focus, hint, maxItems, minQuery,
		{name: "initial_options", kind: kOptions, min: 1, max: 100, opt: kPlain}}},
	"multi_users_select": {everywhere, []field{actionID, confirm, focus, hint, maxItems,
		{name: "initial_users", kind: kAny}}},
	"multi_conversations_select": {everywhere, []field{actionID, confirm, focus, hint, maxItems, filter, toHere,
		{name: "initial_conversations", kind: kAny}}},
	"multi_channels_select": {everywhere, []field{actionID, confirm, focus, hint, maxItems,
		{name: "initial_channels", kind: kAny}}},
	"radio_buttons": {everywhere, []field{actionID, confirm, focus,
		{name: "options", kind: kOptions, min: 1, max: 10, opt: kText, required: true},
		{name: "initial_option", kind: kOption, opt: kText}}},
	"checkboxes": {everywhere, []field{actionID, confirm, focus, visible,
		{name: "options", kind: kOptions, min: 1, max: 10, opt: kText, required: true},
		{name: "initial_options", kind: kOptions, min: 1, max: 10, opt: kText}}},
	"datepicker": {everywhere, []field{actionID, confirm, focus, hint,
		{name: "initial_date", kind: kString, min: 10, max: 10}}},
	"timepicker": {everywhere, []field{actionID, confirm, focus, hint,
		{name: "initial_time", kind: kString, min: 5, max: 5},
		{name: "timezone", kind: kString, max: 255}}},
	"datetimepicker": {inMessage | inModal, []field{actionID, confirm, focus,
		{name: "initial_date_time", kind: kInt, min: 1_000_000_000, max: 9_999_999_999}}},
	"plain_text_input": {everywhere, []field{actionID, focus, hint, dispatch,
		{name: "initial_value", kind: kString, max: 3000},
		{name: "multiline", kind: kBool},
		{name: "min_length", kind: kInt, min: 0, max: 3000},
		{name: "max_length", kind: kInt, min: 1, max: 3000}}},
	"rich_text_input": {inModal | inHome, []field{actionID, focus, hint, dispatch,
		{name: "initial_value", kind: kRichBlock},
		{name: "min_lines", kind: kInt, min: 1, max: 100},
		{name: "max_lines", kind: kInt, min: 1, max: 100}}},
	"email_text_input": {inModal, []field{actionID, focus, hint, dispatch,
		{name: "initial_value", kind: kString, max: 3000}}},
	"url_text_input": {inModal, []field{actionID, focus, hint, dispatch,
		{name: "initial_value", kind: kString, max: 3000}}},
	"number_input": {inModal, []field{actionID, focus, hint, dispatch,
		{name: "is_decimal_allowed", kind: kBool, required: true},
		{name: "initial_value", kind: kStringOrNum},
		{name: "min_value", kind: kStringOrNum},
		{name: "max_value", kind: kStringOrNum}}},
	"file_input": {inModal, []field{actionID,
		{name: "filetypes", kind: kAny},
		{name: "max_files", kind: kInt, min: 1, max: 10}}},
}

// The parts below are shared by several elements.
var (
	optionFields = []field{
		{name: "text", kind: kPlain, max: 75, required: true},
		{name: "value", kind: kString, min: 1, max: 150, required: true},
		{name: "description", kind: kText, max: 75},
		{name: "url", kind: kString, max: 3000},
	}
	groupFields = []field{
		{name: "label", kind: kPlain, max: 75, required: true},
		{name: "options", kind: kOptions, min: 1, max: 100, opt: kPlain, required: true},
	}
	confirmFields = []field{style,
		{name: "title", kind: kPlain, max: 100, required: true},
		{name: "text", kind: kText, max: 300, required: true},
		{name: "confirm", kind: kPlain, max: 30, required: true},
		{name: "deny", kind: kPlain, max: 30, required: true},
	}
	feedbackFields = []field{a11y,
		{name: "text", kind: kPlain, max: 75, required: true},
		{name: "value", kind: kString, max: 2000, required: true},
	}
	modalFields = []field{
		{name: "type", kind: kEnum, of: []string{"modal"}, required: true},
		{name: "title", kind: kPlain, max: 24, required: true},
		{name: "blocks", kind: kAny, required: true},
		{name: "submit", kind: kPlain, max: 24},
		{name: "close", kind: kPlain, max: 24},
		{name: "private_metadata", kind: kString, max: 3000},
		{name: "callback_id", kind: kString, max: 255},
		{name: "external_id", kind: kString, max: 255},
		{name: "clear_on_close", kind: kBool},
		{name: "notify_on_close", kind: kBool},
		{name: "submit_disabled", kind: kBool},
	}
	homeFields = []field{
		{name: "type", kind: kEnum, of: []string{"home"}, required: true},
		{name: "blocks", kind: kAny, required: true},
		{name: "private_metadata", kind: kString, max: 3000},
		{name: "callback_id", kind: kString, max: 255},
		{name: "external_id", kind: kString, max: 255},
	}
)
