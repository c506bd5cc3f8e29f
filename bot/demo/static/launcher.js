// The launcher's page: shows where one is, as whom and when, and asks the demo for changes.
// The demo decides everything; this page draws what it answers.

const root = document.documentElement;
const byId = (id) => document.getElementById(id);
const POLL_MS = 1500;

let shown = null; // the last answer of the demo
let framed = null; // which showing of the server is in the frame
let waiting = 0; // requests of this page under way
let queue = Promise.resolve(); // one request after the other, in the order of the clicks

async function ask(path, body) {
  const headers = { "X-Theory-Club": root.dataset.token };
  const options = { headers, cache: "no-store" };
  if (body) {
    options.method = "POST";
    options.body = JSON.stringify(body);
    headers["Content-Type"] = "application/json";
  }
  const response = await fetch(path, options);
  if (response.status === 403) { // the demo was started anew, and has another token
    location.reload();
    return null;
  }
  return response.json();
}

function act(path, body) {
  waiting += 1;
  markBusy();
  queue = queue.then(async () => {
    try {
      const answer = await ask(path, body);
      if (answer) {
        draw(answer);
        say(answer.said);
      }
    } catch {
      demoIsGone();
    } finally {
      waiting -= 1;
      markBusy();
    }
  });
  return queue;
}

async function poll() {
  if (!waiting && !document.hidden) {
    try {
      const answer = await ask("/api/state");
      if (answer && !waiting) draw(answer);
    } catch {
      demoIsGone();
    }
  }
  setTimeout(poll, POLL_MS);
}

function markBusy() {
  byId("bar").setAttribute("aria-busy", String(waiting > 0 || !shown || shown.busy));
}

function say(text) {
  byId("said").textContent = text;
}

function demoIsGone() {
  say("The demo has ended or cannot be reached. Start it again, and this page comes back.");
  shown = null;
  markBusy();
}

function draw(answer) {
  if (answer.origin !== root.dataset.preview) { // this page may only show the address it was made for
    location.reload();
    return;
  }
  const before = shown;
  shown = answer;
  fill(byId("place"), answer.places.map((place) => [place.id, place.label]), answer.place);
  fill(byId("member"), answer.members.map((member) => [member.id, member.label]), answer.member);
  drawTime(answer);
  drawContext(answer);
  setText(byId("trouble"), answer.trouble);
  byId("own-tab").href = answer.address;
  if (framed !== answer.showing) drawStage(answer);
  if (!before) say("");
  markBusy();
}

function drawTime(answer) {
  byId("now").dateTime = answer.instant;
  setText(byId("date"), answer.date);
  setText(byId("hour"), answer.hour);
  setText(byId("due-text"), answer.due ? `Next due: ${answer.due}` : "Nothing is due: the bot plans nothing yet.");
  byId("due").disabled = !answer.due;
}

function leaveStage() { // the old place would complain while it is closed under its feet
  framed = null;
  byId("stage").replaceChildren();
}

function drawStage(answer) {
  framed = answer.showing;
  // A new element, so that the browser's Back button does not walk through earlier places.
  const frame = document.createElement("iframe");
  const place = answer.places.find((entry) => entry.id === answer.place)?.label ?? "";
  const member = answer.members.find((entry) => entry.id === answer.member)?.name ?? "";
  frame.title = `${place}, as ${member} sees it`;
  frame.allow = "clipboard-write";
  frame.src = answer.address.replace("/#", `/?showing=${answer.showing}#`);
  byId("stage").replaceChildren(frame);
  document.title = `${place} · Theory Club demo`;
}

function drawContext(answer) {
  const commands = answer.commands.map((command, index) => [String(index), command.name]);
  setText(byId("context-why"), whyNoCommand(answer));
  byId("context-fields").hidden = commands.length === 0;
  fill(byId("command"), commands, null);
  drawTargets();
}

function whyNoCommand(answer) {
  if (answer.commands.length) return "What Discord offers on a right click, run here.";
  if (answer.place === "direct") {
    return "For direct messages this page has no context menus. Try them in the server's channels.";
  }
  return "The bot offers no context-menu command here. When it does, you run it from this menu, "
    + "on a member or a message, as in Discord on a right click.";
}

function drawTargets() {
  const command = shown?.commands[Number(byId("command").value)];
  if (!command) return;
  const onMessage = command.kind === "message";
  setText(byId("target-name"), onMessage ? "On the message" : "On the member");
  const entries = onMessage
    ? shown.messages.map((message) => [message.id, message.label])
    : shown.members.map((member) => [member.id, member.name]);
  fill(byId("target"), entries, null);
  byId("context").querySelector("button").disabled = entries.length === 0;
}

// Changes a list only when it differs, for a list that is open must stay as it is.
function fill(select, entries, chosen) {
  const wanted = JSON.stringify(entries);
  if (select.dataset.entries !== wanted) {
    const kept = select.value;
    select.dataset.entries = wanted;
    select.replaceChildren(...entries.map(([value, label]) => new Option(label, value)));
    if (entries.some(([value]) => value === kept)) select.value = kept;
  }
  if (chosen !== null && select.value !== chosen) select.value = chosen;
}

function setText(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

for (const select of [byId("place"), byId("member")]) {
  select.addEventListener("change", () => {
    leaveStage();
    act("/api/open", {
      place: byId("place").value, member: byId("member").value, keep: select.dataset.keep,
    });
  });
}

for (const button of document.querySelectorAll("button[data-step]")) {
  button.addEventListener("click", () => act("/api/time", { step: button.dataset.step }));
}

byId("command").addEventListener("change", drawTargets);

byId("context").addEventListener("submit", async (event) => {
  event.preventDefault();
  const command = shown?.commands[Number(byId("command").value)];
  if (!command) return;
  byId("menu").open = false;
  await act("/api/context", { name: command.name, kind: command.kind, target: byId("target").value });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !byId("menu").open) return;
  byId("menu").open = false;
  byId("menu").querySelector("summary").focus();
});

document.addEventListener("pointerdown", (event) => {
  if (!byId("menu").contains(event.target)) byId("menu").open = false;
});
window.addEventListener("blur", () => { // a click into the server below
  if (document.activeElement?.tagName === "IFRAME") byId("menu").open = false;
});

void poll();
