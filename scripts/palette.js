// Turns a picture into at most 256 colours: answers width, height, palette and one index per pixel, base64.
async (png) => {
  const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
  const { width, height } = picture;
  const context = new OffscreenCanvas(width, height).getContext("2d");
  context.drawImage(picture, 0, 0);
  const { data } = context.getImageData(0, 0, width, height);

  const cell = (at) => ((data[at] >> 3) << 10) | ((data[at + 1] >> 3) << 5) | (data[at + 2] >> 3);
  const cells = new Map();
  for (let at = 0; at < data.length; at += 4) {
    const found = cells.get(cell(at)) ?? [0, 0, 0, 0];
    for (const part of [0, 1, 2]) found[part] += data[at + part];
    found[3] += 1;
    cells.set(cell(at), found);
  }
  const common = [...cells.values()].sort((one, other) => other[3] - one[3]).slice(0, 256);
  const palette = common.map(([red, green, blue, count]) => [red, green, blue].map((sum) => Math.round(sum / count)));

  const nearest = new Map();
  const index = (key, at) => {
    if (!nearest.has(key)) {
      const far = palette.map((colour) => colour.reduce((sum, part, place) => sum + (part - data[at + place]) ** 2, 0));
      nearest.set(key, far.indexOf(Math.min(...far)));
    }
    return nearest.get(key);
  };
  let indices = "";
  for (let at = 0; at < data.length; at += 4) indices += String.fromCharCode(index(cell(at), at));
  return { width, height, palette: palette.flat(), indices: btoa(indices) };
}
