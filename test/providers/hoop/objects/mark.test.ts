import * as fc from "fast-check";
import { splitMark, withMark } from "../../../../providers/hoop/objects/mark";

describe("the mark at the end of a description", () => {
  it("comes back with the text, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(splitMark(withMark(text, "inst-aaaa0001"))).toEqual({ text, installation: "inst-aaaa0001" });
      }),
    );
  });

  it("counts at the very end only", () => {
    expect(splitMark("[leasehold=inst-aaaa0001] and more").installation).toBeUndefined();
    expect(splitMark("[leasehold=inst-aaaa0001]\n").installation).toBeUndefined();
    expect(splitMark("").installation).toBeUndefined();
    expect(splitMark(withMark("[leasehold=inst-bbbb0002]", "inst-aaaa0001")).installation).toBe("inst-aaaa0001");
  });
});
