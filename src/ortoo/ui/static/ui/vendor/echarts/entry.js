/* What of Apache ECharts goes into echarts.min.js; VERSION says how to build it again. */
import { BarChart, LineChart, LinesChart, MapChart, ScatterChart } from "echarts/charts";
import {
  AriaComponent, GeoComponent, GridComponent, LegendComponent, MarkLineComponent, TooltipComponent,
  VisualMapContinuousComponent, VisualMapPiecewiseComponent,
} from "echarts/components";
import { getInstanceByDom, init, registerMap, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([
  BarChart, LineChart, LinesChart, MapChart, ScatterChart, AriaComponent, GeoComponent, GridComponent, LegendComponent,
  MarkLineComponent, TooltipComponent, VisualMapContinuousComponent, VisualMapPiecewiseComponent, CanvasRenderer,
]);

export { getInstanceByDom, init, registerMap };
