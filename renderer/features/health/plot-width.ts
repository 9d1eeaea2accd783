/** How wide plots are (CSS pixels): beside a name in the desk's panel, and in a dialog. */
export const narrowPlot = 116;
export const widePlot = 600;
