// Sample people and messages for trying the page without the Go server.
const t = (text) => ({ type: "plain_text", text, emoji: true });
const md = (text) => ({ type: "mrkdwn", text });
const button = (text, action_id, style, more = {}) => ({ type: "button", text: t(text), action_id, value: "1042", ...(style ? { style } : {}), ...more });
const section = (text, more = {}) => ({ type: "section", text: md(text), ...more });
const context = (...texts) => ({ type: "context", elements: texts.map(md) });
const option = (text, value, description) => ({ text: t(text), value, ...(description ? { description: t(description) } : {}) });

export const receipt = (n, who, note) => [
  section(`*Recorded #${n}* · ${who} · call, today`),
  section(`*Permission → Engagement*: “${note}”, “will ask IT by Friday”`, { block_id: `place${n}` }),
  context("orbit: _benefit_ · life cycle: _consideration_"),
  section("*Give next: <https://example.com/audit|Audit checklist for SaaS buyers>*: helps her answer IT; shared 9 times, 4 answered, not yet sent to Dana"),
  context("Given 3, asked 0: you have earned a question. Her next step: IT’s answer by Friday; I will remind you on Monday."),
  {
    type: "actions",
    block_id: `do${n}`,
    elements: [
      button("I sent it", "sent", "primary"), button("Another", "another"), button("Not useful", "useless"),
      button("Draft a message", "draft"), button("Wrong stage", "stage"),
      button("Undo", "undo", "danger", { confirm: { title: t("Undo #" + n + "?"), text: md("The note is kept, and marked as *taken back*."), confirm: t("Undo it"), deny: t("Keep"), style: "danger" } }),
    ],
  },
];

const cell = (text) => ({ type: "raw_text", text });
const num = (value) => ({ type: "raw_number", value });

export const digest = [
  { type: "header", text: t("Week 47: what moved your customers") },
  section("*Moved:* 7 forward, 1 skipped a stage, 2 back, 1 returned. *Left waiting:* 3 of 12 permissions (25 %; elsewhere 70–90 %)."),
  { type: "image", image_url: "/dev/stages.svg", alt_text: "Stage movement this week: attention 12, interaction 9, permission 12, engagement 8, exchange 5", title: t("Stage movement") },
  { type: "data_visualization", title: "Content that helped", chart: { type: "bar", series: [{ name: "shared", data: [["Audit checklist", 9], ["ROI sheet", 6], ["Pilot plan", 4], ["Case: Beta", 3]].map(([label, value]) => ({ label, value })) }, { name: "answered", data: [["Audit checklist", 4], ["ROI sheet", 1], ["Pilot plan", 3], ["Case: Beta", 2]].map(([label, value]) => ({ label, value })) }], axis_config: { categories: ["Audit checklist", "ROI sheet", "Pilot plan", "Case: Beta"], y_label: "times" } } },
  { type: "data_table", caption: "Left waiting", page_size: 3, rows: [[cell("Contact"), cell("Company"), cell("Days")], [cell("Ana Sá"), cell("Nordlys"), num(6)], [cell("Lee Park"), cell("Beta"), num(9)], [cell("Tom Ito"), cell("Acme"), num(14)], [cell("Mia Rossi"), cell("Forno"), num(5)]] },
  { type: "context_actions", elements: [{ type: "feedback_buttons", action_id: "fb", positive_button: { text: t("Useful"), value: "yes" }, negative_button: { text: t("Not useful"), value: "no" } }] },
];

export const kinds = [
  { type: "markdown", text: "### A markdown block\n- one **bold** thing\n- a [link](https://example.com)\n\n| a | b |\n|---|---|\n| 1 | 2 |" },
  { type: "rich_text", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "Rich ", style: { bold: true } }, { type: "emoji", name: "wave" }, { type: "user", user_id: "U1" }] }, { type: "rich_text_list", style: "bullet", elements: [{ type: "rich_text_section", elements: [{ type: "text", text: "first" }] }, { type: "rich_text_section", elements: [{ type: "text", text: "second" }] }] }] },
  { type: "task_card", task_id: "1", title: "Read the note again", status: "complete" },
  { type: "alert", level: "warning", text: md("The model is *slow* today.") },
  { type: "card", title: t("Audit checklist"), subtitle: t("for SaaS buyers"), body: md("Eleven questions an auditor asks."), actions: [button("Send", "card_send")] },
  { type: "horoscope", text: t("A block from next year"), stars: [{ label: "Aries" }] },
  { type: "actions", elements: [{ type: "static_select", action_id: "pick", placeholder: t("Pick a stage"), options: ["Attention", "Interaction", "Permission", "Engagement", "Exchange"].map((s) => option(s, s.toLowerCase())) }, { type: "overflow", action_id: "of", options: [option("Card", "card"), option("Forget", "forget")] }, { type: "datepicker", action_id: "day", initial_date: "2026-11-23" }] },
];

export const modal = {
  id: "V1", type: "modal", title: t("Log a talk"), submit: t("Record"), close: t("Cancel"),
  blocks: [
    section("One line is enough. What you leave open, Cairn reads from the words."),
    { type: "input", block_id: "who", label: t("Who"), element: { type: "external_select", action_id: "who", min_query_length: 1, placeholder: t("A name or company") } },
    { type: "input", block_id: "note", label: t("What happened"), hint: t("As you would tell a colleague."), element: { type: "plain_text_input", action_id: "note", multiline: true, max_length: 3000, placeholder: t("asked about the audit trail, sent the checklist, will ask IT by Friday") } },
    { type: "input", block_id: "how", optional: true, label: t("How"), element: { type: "radio_buttons", action_id: "how", options: [option("Call", "phone"), option("Mail", "email"), option("Met", "meeting")], initial_option: option("Call", "phone") } },
    { type: "input", block_id: "day", optional: true, label: t("When"), element: { type: "datepicker", action_id: "day", initial_date: "2026-11-22" } },
    { type: "input", block_id: "with", optional: true, label: t("Colleagues who were there"), element: { type: "multi_users_select", action_id: "with", placeholder: t("Choose people") } },
    { type: "input", block_id: "flags", optional: true, label: t("Also"), element: { type: "checkboxes", action_id: "flags", options: [option("Remind me", "remind", "on the day of their next step"), option("Private", "private")] } },
  ],
};

export const home = {
  id: "VH", type: "home",
  blocks: [
    { type: "header", text: t("Good morning, Eva") },
    section("*Who waits for you*  permission given, nothing given back"),
    section("*Ana Sá*, Nordlys · 6 working days\nasked for the price list on 13 November", { accessory: button("What to give", "next", "primary") }),
    section("*Lee Park*, Beta · 9 working days\naccepted a call, no date yet", { accessory: button("What to give", "next2") }),
    { type: "divider" },
    section("*Ready to be asked*"),
    { type: "section", fields: [md("*Dana Ruiz*, Acme\ngiven 3, asked 0"), md("*Tom Ito*, Acme\ngiven 4, asked 1")] },
    { type: "actions", elements: [button("Log a talk", "open_log", "primary"), button("My data", "data")] },
    context("Only you see this page."),
  ],
};

export const people = [
  { id: "U1", name: "eva", real_name: "Eva Lindqvist", title: "Sales, north" },
  { id: "U2", name: "jonas", real_name: "Jonas Meyer", title: "Sales, south" },
  { id: "U3", name: "mara", real_name: "Mara Okafor", title: "Head of sales" },
  { id: "U4", name: "eli", real_name: "Eli Tran", title: "Content editor" },
];
export const channels = [
  { id: "C1", name: "sales", purpose: "Deals, questions, wins", member: true },
  { id: "C2", name: "digest", purpose: "Cairn’s weekly digest, Mondays at nine", member: true },
  { id: "C3", name: "random", member: true },
];
export const commands = [
  { command: "/coach", description: "Everything Cairn can do", usage_hint: "[log | next | card | who | stage | sent | undo | help]" },
  { command: "/log", description: "Record a talk in one line", usage_hint: "Dana Ruiz, Acme: call, asked about the audit trail" },
  { command: "/next", description: "What to give next, and why", usage_hint: "[name]" },
];
export const shortcuts = [
  { type: "message", callback_id: "log_message", name: "Log with Cairn", description: "" },
  { type: "global", callback_id: "log_modal", name: "Log a talk", description: "opens Cairn’s form" },
];
