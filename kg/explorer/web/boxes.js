// Rectangles that must not overlap, in cells so that thousands are cheap.

export class Boxes {
  constructor() { this.cells = new Map(); }

  * keys([left, top, right, bottom]) {
    for (let i = Math.floor(left / 64); i <= Math.floor(right / 64); i += 1) {
      for (let j = Math.floor(top / 64); j <= Math.floor(bottom / 64); j += 1) yield i * 4096 + j;
    }
  }

  add(box, owner = null) {
    for (const key of this.keys(box)) {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push([box, owner]);
    }
  }

  // Whether nothing but the owner's own symbol is under this box.
  free(box, owner) {
    for (const key of this.keys(box)) {
      for (const [other, whose] of this.cells.get(key) || []) {
        const apart = box[0] >= other[2] || box[2] <= other[0] || box[1] >= other[3] || box[3] <= other[1];
        if (!apart && (whose === null || whose !== owner)) return false;
      }
    }
    return true;
  }
}
