// Runs after Leaflet. `courseMap` holds the icons of a marker as data URLs, and outlines of regions.
(() => {
  const { icon, shadow, regions } = courseMap;
  L.Icon.Default.imagePath = "";
  L.Icon.Default.mergeOptions({ iconUrl: icon, iconRetinaUrl: icon, shadowUrl: shadow });

  // Where the background does not load, the regions are drawn in its place, below all else.
  L.TileLayer.addInitHook(function () {
    this.once("tileerror", () => {
      const map = this._map;
      if (!map || map.getPane("regions")) return;
      map.createPane("regions").style.zIndex = 150;
      const style = { color: "#8a8a8a", weight: 1.5, fillColor: "#f4efe2", fillOpacity: 1 };
      L.geoJSON(regions, { pane: "regions", interactive: false, style }).addTo(map);
    });
  });
})();
