// What Sentinel Hub gives an evalscript beside the language, and how it is called for each pixel.
// It is run before the script. Whatever the script changes here, it changes for itself alone.
(() => {
  const { Array, Error, Float64Array, Function, Object, ReferenceError, TypeError, Uint8Array } = globalThis;
  const named = (values) => {
    // An object that complains when it lacks what it is asked for.
    const known = new Set(Reflect.ownKeys(Object.prototype));
    const get = (_, name) => {
      if (typeof name === "symbol" || name === "toJSON") return undefined;
      if (known.has(name)) return Object.prototype[name];
      throw new ReferenceError(`${name} is not defined`);
    };
    return Object.assign(Object.create(new Proxy(Object.create(null), { get })), values);
  };
  const types = ["AUTO", "UINT8", "UINT16", "INT8", "INT16", "FLOAT32"];
  const lacking = named({});
  globalThis.SampleType = named(Object.fromEntries(types.map((name) => [name, name])));
  globalThis.index = (a, b) => (a - b) / (a + b);
  globalThis.inverse = (value) => 1 / value;

  for (const name of [
    "ColorGradientVisualizer", "ColorMapVisualizer", "ColorRampVisualizer",
    "HighlightCompressVisualizer", "HighlightCompressVisualizerSingle",
    "colorBlend", "valueInterpolate",
  ]) {
    const get = () => {
      throw new Error(`Offline only: ${name} is not there. The real service has it.`);
    };
    Object.defineProperty(globalThis, name, { configurable: true, get });
  }

  const asNumber = (value) => {
    if (typeof value === "function" || (typeof value === "object" && value !== null)) {
      throw new TypeError("a number is expected");
    }
    return value === null ? NaN : value;
  };

  const bandsOf = (result, { id, bands }, alone) => {
    let found = result;
    if (result !== null && typeof result === "object" && !("length" in result)) found = result[id];
    else if (!alone) throw new Error("evaluatePixel must return an object with every output");
    if (found === undefined) throw new Error(`evaluatePixel returns nothing for output ${id}`);
    if (found === null || typeof found !== "object") found = [found];
    if (found.length !== bands) {
      throw new Error(
        `output ${id} has ${bands} bands, but evaluatePixel returns ${found.length} values`,
      );
    }
    return found;
  };

  // The loop over pixels. It is written out for the bands, which halves the time that it takes.
  const loopOver = (inputs, outputs) => {
    const targets = outputs.map(({ bands }, output) =>
      Array.from({ length: bands }, (_, band) => `to${output}_${band}`));
    const sample = inputs.map((name, band) => `${name}: given${band}[pixel]`);
    const stored = outputs.flatMap(({ bands }, output) => [
      outputs.length === 1
        ? `values = Array.isArray(result) && result.length === ${bands} ? result :`
        : "values = ",
      `bandsOf(result, outputs[${output}], ${outputs.length === 1});`,
      ...targets[output].map((target, band) => `
        value = values[${band}];
        ${target}[pixel] = typeof value === "number" ? value : asNumber(value);`),
    ]);
    return new Function("outputs", "bandsOf", "asNumber", "base", `
      const scenes = { tiles: [] }, nothing = {}, metadata = { userData: {} };
      return (evaluatePixel, [${inputs.map((_, band) => `given${band}`)}], [${targets.flat()}], pixels) => {
        let values, value;
        for (let pixel = 0; pixel < pixels; pixel++) {
          const seen = { __proto__: base, ${sample} };
          const result = evaluatePixel(seen, scenes, nothing, nothing, metadata);
          ${stored.join("\n")}
        }
      };`)(outputs, bandsOf, asNumber, lacking);
  };

  // The values of every band of every output, one band after the other, as the bytes of doubles.
  // `samples` holds those of every input band in the same way.
  const evaluatePixels = (evaluatePixel, inputs, outputs, pixels, samples) => {
    const given = inputs.map((_, band) => new Float64Array(samples.buffer, 8 * pixels * band, pixels));
    const count = outputs.reduce((sum, { bands }) => sum + bands, 0);
    const all = new Float64Array(count * pixels);
    const written = Array.from({ length: count }, (_, band) =>
      new Float64Array(all.buffer, 8 * pixels * band, pixels));
    loopOver(inputs, outputs)(evaluatePixel, given, written, pixels);
    return new Uint8Array(all.buffer);
  };
  Object.defineProperty(globalThis, "evaluatePixels", { value: evaluatePixels }); // for good
})();
