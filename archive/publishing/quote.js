// What a quote is made into: text to copy, citations in the reader's style, and a picture. The published pages and the
// review use it. A quote has text, who, title, date, address, start and end (seconds; null: not heard), video, direction.
"use strict";
globalThis.quotes = (() => {
  const cut = (text, most) => text.normalize("NFKD").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "").slice(0, most);

  function clock(second) {
    const two = (number) => String(number).padStart(2, "0"), all = Math.floor(second);
    return `${Math.floor(all / 3600)}:${two(Math.floor(all / 60) % 60)}:${two(all % 60)}`;
  }

  const styles = {
    plain: ({ text, who, title, date, address }) => [`“${text}”`, [who, title, date].filter(Boolean).join(", "), address]
      .filter(Boolean).join("\n"),
    chicago: ({ who, title, date, start, address }) => {
      const known = [who, `“${title},”`, date].filter(Boolean).join(", ").replace(",”,", ",”");
      return `${[known, start === null ? "" : clock(start), address].filter(Boolean).join(", ")}.`;
    },
    apa: ({ who, title, date, start, address, video }) => `${who ? `${who}. ` : ""}(${date || "n.d."}). ${title} ` +
      `[${video ? "Video" : "Audio"}]${start === null ? "" : `, ${clock(start)}`}. ${address}`.trim(),
    bibtex: ({ text, who, title, date, address }) => {
      const plainly = (value) => value.replace(/[\\{}]/g, "").replace(/[&%$#_]/g, "\\$&");
      const rows = [["author", who && `{${plainly(who)}}`], ["title", `{${plainly(title)}}`], ["date", date],
        ["url", address], ["note", `“${plainly(text)}”`]];
      const key = `${cut(who.split(" ").at(-1) || title, 12)}${date.slice(0, 4)}`;
      return `@misc{${key || "quote"},\n${rows.filter(([, value]) => value).map(([name, value]) => `  ${name} = {${value}}`).join(",\n")}\n}`;
    },
    wikipedia: ({ text, who, title, date, start, address }) => {
      const field = (value) => value.replace(/\|/g, "{{!}}");
      return `{{cite AV media |people=${field(who)} |title=${field(title)} |date=${date}` +
        `${start === null ? "" : ` |time=${clock(start)}`} |url=${address} |quote=${field(text)}}}`;
    },
  };

  function card({ text, who, title, date, direction }, colours) { // 1200 by 630, as social networks show pictures of links
    const canvas = Object.assign(document.createElement("canvas"), { width: 1200, height: 630 });
    const pen = canvas.getContext("2d"), rtl = direction === "rtl", x = rtl ? 1120 : 80;
    pen.fillStyle = colours.ground;
    pen.fillRect(0, 0, 1200, 630);
    pen.fillStyle = colours.accent;
    pen.fillRect(rtl ? 1184 : 0, 0, 16, 630);
    pen.direction = rtl ? "rtl" : "ltr";
    pen.textAlign = "start";
    const rows = (size) => { // the words in rows that fit
      pen.font = `600 ${size}px system-ui, "Noto Sans", sans-serif`;
      const all = [];
      for (const word of `“${text}”`.split(/\s+/)) {
        const longer = all.length ? `${all.at(-1)} ${word}` : word;
        if (all.length && pen.measureText(longer).width <= 1040) all[all.length - 1] = longer;
        else all.push(word);
      }
      return all;
    };
    let size = 68;
    while (size > 22 && rows(size).length * size * 1.3 > 410) size -= 2;
    const most = Math.floor(410 / (size * 1.3)), shown = rows(size);
    if (shown.length > most) shown.splice(most - 1, Infinity, `${shown[most - 1]} …`);
    pen.fillStyle = colours.ink;
    shown.forEach((row, number) => pen.fillText(row, x, 90 + size * 0.8 + number * size * 1.3, 1040));
    pen.font = "600 34px system-ui, sans-serif";
    pen.fillText(who, x, 545, 1040);
    pen.font = "28px system-ui, sans-serif";
    pen.fillStyle = colours.soft;
    pen.fillText([title, date].filter(Boolean).join(", "), x, 588, 1040);
    return new Promise((made) => { canvas.toBlob(made, "image/png"); });
  }

  return { cited: (style, quote) => styles[style](quote), card };
})();
