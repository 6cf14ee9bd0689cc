// A network that can be moved and followed, in place of the still picture; where there is no WebGL the picture stays.
import Graph from "graphology";
import forceAtlas2 from "graphology-layout-forceatlas2";
import Sigma from "sigma";

const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

export function draw(figure, data) {
  const canvas = document.createElement("canvas");
  if (!(canvas.getContext("webgl2") || canvas.getContext("webgl"))) return;
  const graph = new Graph({ type: "undirected" });
  data.nodes.forEach((node, i) => graph.mergeNode(node.key, {
    label: node.label, path: node.path, color: color(node.kind) || color("faint"), size: 4,
    // A circle to begin with: the same picture on every visit.
    x: Math.cos((2 * Math.PI * i) / data.nodes.length), y: Math.sin((2 * Math.PI * i) / data.nodes.length),
  }));
  for (const [one, other, n] of data.edges) if (graph.hasNode(one) && graph.hasNode(other)) graph.mergeEdge(one, other, { size: Math.min(6, 0.6 + Math.log2(1 + n) / 2), color: color("rule") });
  graph.forEachNode((node) => graph.setNodeAttribute(node, "size", Math.min(14, 4 + Math.sqrt(graph.degree(node)))));
  forceAtlas2.assign(graph, { iterations: Math.max(60, Math.min(400, 60000 / (graph.order + 1))), settings: { ...forceAtlas2.inferSettings(graph), adjustSizes: true } });
  const box = document.createElement("div");
  box.className = "graph"; box.setAttribute("aria-hidden", "true"); // the table beside it says the same
  const still = figure.querySelector("svg");
  still.replaceWith(box);
  try {
    const view = new Sigma(graph, box, {
      labelFont: "Noto Serif CJK SC, Songti SC, SimSun, serif", labelColor: { color: color("ink") }, labelRenderedSizeThreshold: 5, defaultEdgeColor: color("rule"),
      defaultDrawNodeHover: (context, node, settings) => {
        context.font = `${settings.labelWeight} ${settings.labelSize}px ${settings.labelFont}`;
        context.fillStyle = color("wash");
        context.fillRect(node.x - node.size - 2, node.y - settings.labelSize, node.size * 2 + 10 + context.measureText(node.label).width, settings.labelSize * 2);
        context.fillStyle = node.color; context.beginPath(); context.arc(node.x, node.y, node.size, 0, Math.PI * 2); context.fill();
        context.fillStyle = color("ink"); context.fillText(node.label, node.x + node.size + 3, node.y + settings.labelSize / 3);
      },
    });
    figure.closest("section").querySelector(".note")?.remove(); // it counts the nodes of the still picture; here are all
    view.on("clickNode", ({ node }) => { const path = graph.getNodeAttribute(node, "path"); if (path) location.assign(path); });
  } catch (error) {
    box.replaceWith(still);
  }
}
