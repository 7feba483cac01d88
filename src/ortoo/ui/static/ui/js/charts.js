/* Draws every [data-chart] from the JSON beside it. ECharts is loaded only where a page has a chart. */
(() => {
  "use strict";
  const self = document.currentScript;
  let loading = null;

  const library = () =>
    (loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = self.dataset.echarts;
      script.onload = () => resolve(window.echarts);
      script.onerror = reject;
      document.head.append(script);
    }));

  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  const look = () => ({
    animation: false,
    textStyle: { fontFamily: colour("font"), color: colour("ink") },
    // Rich text is drawn on the canvas: an HTML tooltip would need inline styles, which the pages forbid.
    tooltip: {
      renderMode: "richText",
      confine: true,
      backgroundColor: colour("surface"),
      borderColor: colour("line-strong"),
      textStyle: { color: colour("ink"), fontSize: 14 },
    },
  });

  const axis = (more) => ({
    axisLine: { lineStyle: { color: colour("line-strong") } },
    axisLabel: { color: colour("ink-2"), fontSize: 13 },
    splitLine: { lineStyle: { color: colour("line") } },
    nameTextStyle: { color: colour("ink-2") },
    ...more,
  });

  const curve = async (data) => ({
    ...look(),
    tooltip: { ...look().tooltip, trigger: "axis" },
    legend: { top: 8, right: 16, textStyle: { color: colour("ink") }, icon: "roundRect" },
    grid: { left: 16, right: 24, top: 44, bottom: 36, containLabel: true },
    xAxis: axis({ type: "value", name: data.x, nameLocation: "middle", nameGap: 26, splitLine: { show: false }, axisLabel: { color: colour("ink-2"), fontSize: 13, showMaxLabel: false }, max: "dataMax" }),
    yAxis: axis({ type: "value", scale: true }),
    series: data.names.map((name, index) => ({
      type: "line",
      name,
      step: "end",
      showSymbol: data.points.length < 2,
      color: colour(["accent", "gold"][index]),
      lineStyle: { width: 2.5, type: index ? "dashed" : "solid" },
      data: data.points.filter((point) => point[index + 1] !== null).map((point) => [point[0], point[index + 1]]),
    })),
  });

  const bars = async (data) => ({
    ...look(),
    tooltip: { ...look().tooltip, trigger: "axis" },
    grid: { left: 16, right: 24, top: 24, bottom: 16, containLabel: true },
    xAxis: axis({ type: "category", data: data.pairs.map((pair) => pair[0]) }),
    yAxis: axis({ type: "value" }),
    series: [
      {
        type: "bar",
        name: data.name,
        color: colour("accent"),
        barMaxWidth: 48,
        data: data.pairs.map((pair) => pair[1]),
        markLine: data.limit === null ? undefined : { symbol: "none", data: [{ yAxis: data.limit }], lineStyle: { color: colour("gold"), width: 2 } },
      },
    ],
  });

  const map = async (data, echarts) => {
    const answer = await fetch(data.url);
    if (!answer.ok) throw new Error(`map: ${answer.status}`);
    echarts.registerMap("region", await answer.json());
    const codes = Object.entries(data.values);
    const steps = [1, 2, 3, 4, 5].map((step) => colour(`heat-${step}`));
    return {
      ...look(),
      tooltip: {
        ...look().tooltip,
        formatter: (place) => `${data.labels[place.name] ?? place.name}  ${Number.isFinite(place.value) ? place.value : "–"}`,
      },
      visualMap: {
        min: 0,
        max: Math.max(1, ...codes.map((pair) => pair[1])),
        left: 16,
        top: 16,
        itemHeight: 96,
        text: [String(Math.max(1, ...codes.map((pair) => pair[1]))), "0"],
        inRange: { color: steps },
        textStyle: { color: colour("ink-2") },
        calculable: false,
      },
      series: [
        {
          type: "map",
          map: "region",
          name: data.name,
          nameProperty: "adcode",
          // The region lies near 43° N: a degree of longitude is shorter than one of latitude there.
          aspectScale: 0.73,
          itemStyle: { areaColor: colour("sunk"), borderColor: colour("line"), borderWidth: 1 },
          emphasis: { label: { show: false }, itemStyle: { areaColor: colour("gold") } },
          select: { disabled: true },
          data: codes.map(([name, value]) => ({ name, value })),
        },
      ],
    };
  };

  const travel = async (data, echarts) => {
    const answer = await fetch(data.url);
    if (!answer.ok) throw new Error(`map: ${answer.status}`);
    echarts.registerMap("region", await answer.json());
    // The stops fill the canvas: a degree and a half of ground around them.
    const side = (axis, ends) => ends(...data.stops.map((stop) => stop.at[axis]));
    // On a telephone the names need more of it, and the ways stand in the table only.
    const narrow = window.innerWidth < 600;
    const beside = narrow ? 4 : 1.5;
    const corners = [[side(0, Math.min) - beside, side(1, Math.max) + 1.5], [side(0, Math.max) + beside, side(1, Math.min) - 1.5]];
    // Only a long way has room for its kilometres.
    const far = (one, other) => Math.hypot((one[0] - other[0]) * 0.73, one[1] - other[1]) > 0.2 * 0.73 * (corners[1][0] - corners[0][0]);
    const tones = { done: colour("accent"), running: colour("gold"), next: colour("surface"), changed: colour("gold") };
    return {
      ...look(),
      geo: {
        map: "region",
        nameProperty: "adcode",
        aspectScale: 0.73,
        boundingCoords: corners,
        itemStyle: { areaColor: colour("sunk"), borderColor: colour("line"), borderWidth: 1 },
        emphasis: { disabled: true },
        select: { disabled: true },
        silent: true,
      },
      series: [
        {
          type: "lines",
          coordinateSystem: "geo",
          symbol: ["none", "arrow"],
          symbolSize: 9,
          lineStyle: { color: colour("accent"), width: 2.5, opacity: 1, curveness: 0.15 },
          silent: true,
          label: { show: !narrow, position: "middle", formatter: "{b}", color: colour("ink-2"), fontSize: 12, textBorderColor: colour("paper"), textBorderWidth: 3 },
          data: data.stops.slice(1).map((stop, index) => ({ name: far(data.stops[index].at, stop.at) ? stop.way : "", coords: [data.stops[index].at, stop.at] })),
        },
        {
          type: "scatter",
          coordinateSystem: "geo",
          symbolSize: 15,
          tooltip: { formatter: (place) => `${place.name}\n${place.data.sub}` },
          label: {
            show: true,
            formatter: (place) => `${place.dataIndex + 1} ${place.name}`,
            color: colour("ink"),
            fontSize: narrow ? 12 : 14,
            textBorderColor: colour("paper"),
            textBorderWidth: 3,
          },
          data: data.stops.map((stop, index) => ({
            label: { position: ["top", "bottom", "left", "right"][index % 4] },
            name: stop.name,
            value: stop.at,
            sub: stop.sub,
            itemStyle: { color: tones[stop.state], borderColor: colour("accent"), borderWidth: 2.5 },
          })),
        },
      ],
    };
  };

  const kinds = { curve, bars, map, travel };

  const draw = async (canvas) => {
    const source = document.getElementById(canvas.dataset.source);
    if (!source || canvas.dataset.drawn === source.textContent) return;
    canvas.dataset.drawn = source.textContent;
    try {
      const echarts = await library();
      const options = await kinds[canvas.dataset.chart](JSON.parse(source.textContent), echarts);
      if (!canvas.isConnected) return;
      canvas.classList.add("is-drawn");
      const known = echarts.getInstanceByDom(canvas);
      const chart = known ?? echarts.init(canvas, null, { renderer: "canvas" });
      chart.setOption(options);
      if (!known) new ResizeObserver(() => (canvas.isConnected ? chart.resize() : chart.dispose())).observe(canvas);
    } catch {
      // Without the picture there is the table.
      canvas.classList.remove("is-drawn");
      canvas.closest(".chart")?.querySelector("details")?.setAttribute("open", "");
    }
  };

  const drawAll = (root) => root.querySelectorAll("[data-chart]").forEach(draw);
  drawAll(document);

  // A curve that is asked for again and again is drawn on the same canvas, and its table stays open.
  let open = [];
  document.addEventListener("htmx:beforeSwap", (event) => {
    open = [...event.target.querySelectorAll("details[id][open]")].map((details) => details.id);
  });
  document.addEventListener("htmx:afterSettle", () => {
    for (const id of open) document.getElementById(id)?.setAttribute("open", "");
    drawAll(document);
  });
})();
