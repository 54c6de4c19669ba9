// Draws the pass as a picture for the photo roll: name, company, QR, code.
const WIDTH = 1080;
const HEIGHT = 1620;
const QR = 756;

function textOf(page, selector) {
  return page.querySelector(selector)?.textContent.trim() ?? "";
}

function fitted(pen, text, { size, weight, width }) {
  let now = size;
  do pen.font = `${weight} ${now}px "Pretendard Variable", sans-serif`;
  while (pen.measureText(text).width > width && (now -= 4) > 28);
}

function drawCode(pen, svg, { left, top, side }) {
  const box = svg.viewBox.baseVal.width;
  pen.save();
  pen.translate(left, top);
  pen.scale(side / box, side / box);
  pen.fillStyle = "#ffffff";
  pen.fillRect(0, 0, box, box);
  pen.fillStyle = "#000000";
  pen.fill(new Path2D(svg.querySelector("path").getAttribute("d")));
  pen.restore();
}

export async function drawPass(page, { words, days }) {
  await page.fonts.ready;
  const canvas = page.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  const sky = getComputedStyle(page.querySelector(".pass-sky"));
  pen.fillStyle = sky.backgroundColor;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = sky.color;
  const name = page.querySelector(".pass-name").dataset;
  pen.textAlign = "center";
  fitted(pen, words, { size: 44, weight: 500, width: WIDTH - 120 });
  pen.fillText(words, WIDTH / 2, 110);
  fitted(pen, days, { size: 44, weight: 400, width: WIDTH - 120 });
  pen.fillText(days, WIDTH / 2, 172);
  fitted(pen, name.name, { size: 116, weight: 600, width: WIDTH - 120 });
  pen.fillText(name.name, WIDTH / 2, 330);
  const company = [textOf(page, "[data-company]"), name.job].filter(Boolean).join(", ");
  fitted(pen, company, { size: 48, weight: 400, width: WIDTH - 120 });
  pen.fillText(company, WIDTH / 2, 410);
  drawCode(pen, page.querySelector(".pass-qr svg"), { left: (WIDTH - QR) / 2, top: 490, side: QR });
  pen.fillStyle = sky.color;
  const code = textOf(page, "[data-code]");
  fitted(pen, code, { size: 72, weight: 600, width: WIDTH - 120 });
  pen.fillText(code, WIDTH / 2, 1380);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}
