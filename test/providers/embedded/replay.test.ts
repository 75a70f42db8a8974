import { randomBytes } from "node:crypto";
import { embeddedBehaviour, startGateway } from "../../../providers/embedded";
import { hoopBehaviour } from "../../doubles/hoop";
import { recordedFiles } from "../../doubles/hoop/replay/recorded";
import { replayFile, staleExceptions } from "../../doubles/hoop/replay/run";
import { embeddedExceptions } from "./exceptions";

describe("the embedded gateway has the shapes of the recorded gateway", () => {
  describe.each(recordedFiles)("%s", (file) => {
    replayFile(file, {
      start: (directory, clock) => startGateway({ directory, clock, random: { bytes: (count) => randomBytes(count) } }),
      strictness: "shape",
      exceptions: embeddedExceptions,
    });
  });

  test("the list of exceptions names recorded cases only", () => {
    expect(staleExceptions(embeddedExceptions)).toEqual([]);
  });

  test("every exception names a switch that hoop has set otherwise, or says why it is none", () => {
    const causes = Object.values(embeddedExceptions)
      .flatMap((byTitle) => Object.values(byTitle))
      .map(({ why }) => why.split(":")[0] ?? "");
    const unexplained = causes.filter((cause) => {
      const name = cause as keyof typeof embeddedBehaviour;
      return (
        embeddedBehaviour[name] === hoopBehaviour[name] && cause !== "two tags that a hoop gateway is installed with"
      );
    });
    expect(unexplained).toEqual([]);
  });

  test("every switch differs between the two", () => {
    const same = Object.entries(embeddedBehaviour).filter(
      ([name, value]) => hoopBehaviour[name as keyof typeof hoopBehaviour] === value,
    );
    expect(same).toEqual([]);
  });
});
