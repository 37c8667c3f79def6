// Where the page gets plotly.js from: never from another machine.

const PLOTLY_MIME = "application/vnd.plotly.v1+json";

// plotly's own notebook extension is loaded with the page in JupyterLab, Notebook 7 and
// Voila, but runs its library only at the first figure: hand it an empty one.
async function plotlyFromExtension() {
  const container = window._JUPYTERLAB && window._JUPYTERLAB["jupyterlab-plotly"];
  if (!container) return null;
  const extension = (await container.get("./mimeExtension"))();
  const renderer = extension.rendererFactory.createRenderer({ mimeType: PLOTLY_MIME });
  const figure = { data: [], layout: { width: 10, height: 10 }, config: { displayModeBar: false } };
  const model = { data: { [PLOTLY_MIME]: figure }, metadata: {}, setData() {} };
  await renderer.renderModel(model);
  const library = extension.RenderedPlotly.Plotly || window.Plotly;
  renderer.dispose();
  return library;
}

// Anywhere else (an editor that knows widgets but not plotly) the kernel sends its own copy,
// packed, once per page.
async function plotlyFromKernel(model) {
  const packed = await new Promise((resolve, reject) => {
    const give = (message, buffers) => {
      if (message.kind !== "plotly") return;
      model.off("msg:custom", give);
      resolve(buffers[0]);
    };
    model.on("msg:custom", give);
    model.send({ kind: "plotly" });
    setTimeout(() => reject(new Error("no answer from the kernel")), 30000);
  });
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
  const script = document.createElement("script");
  script.textContent = await new Response(stream).text();
  document.head.append(script);
  return window.Plotly;
}

async function findPlotly(model) {
  if (window.Plotly) return window.Plotly;
  try {
    const library = await plotlyFromExtension();
    if (library) return library;
  } catch (error) {
    console.warn("calcinosis: plotly's notebook extension did not help", error);
  }
  return plotlyFromKernel(model);
}

// One search per page, shared by all panels; a failed one may be tried again.
function loadPlotly(model) {
  if (!window.calcinosisPlotly) {
    window.calcinosisPlotly = findPlotly(model).catch((error) => {
      window.calcinosisPlotly = null;
      throw error;
    });
  }
  return window.calcinosisPlotly;
}
