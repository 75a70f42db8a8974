import type { Provider } from "../../../lib/ports";
import { giveBackAsHolder, whoIs, type Holder } from "../../../providers/hoop/give-back";
import { alice, applyAll, applyOne, bob, hold, prepare, read, write } from "../../contract/fixtures";
import { doubleGateway, embeddedGateway, type HttpGatewayUnderTest } from "../../contract/http-gateway";

describe.each([
  ["the embedded gateway", embeddedGateway],
  ["the hoop double", doubleGateway],
])("giving back with one's own token, on %s", (_, start) => {
  let under: HttpGatewayUnderTest;
  let provider: Provider;

  beforeEach(async () => {
    under = await start();
    provider = under.provider();
    await prepare(under, provider);
  });
  afterEach(() => under.close());

  async function holderOf(person: string): Promise<Holder> {
    const { http, clock, dialect, running } = under;
    return { gateway: "prod", url: running.url, token: await under.tokenOf(person), http, clock, dialect };
  }

  it("says who the token belongs to", async () => {
    expect(await whoIs(await holderOf(alice))).toMatchObject({ email: alice, isAdmin: false });
    await expect(whoIs({ ...(await holderOf(alice)), token: "nonsense" })).rejects.toMatchObject({ code: "E501" });
  });

  it("ends what the holder has on that connection, cuts their sessions, and nobody else's", async () => {
    const other = hold(under, { connection: write });
    await applyAll(under, provider, [hold(under), hold(under, { person: bob }), other]);
    const own = await under.openLine(alice, read);
    const bobs = await under.openLine(bob, read);
    const back = await giveBackAsHolder(await holderOf(alice), read);
    expect(back).toEqual({ person: alice, leases: 1, sessionsCut: 1 });
    expect(await own!.isOpen()).toBe(false);
    expect(await bobs!.isOpen()).toBe(true);
    expect(await under.isLetIn(alice, read)).toBe(false);
    expect(await under.isLetIn(alice, write)).toBe(true);
    expect(await under.isLetIn(bob, read)).toBe(true);
    expect((await provider.observe()).leases).toHaveLength(2);
  });

  it("stays given back: the same Grant is spent", async () => {
    const effect = hold(under);
    await applyOne(under, provider, effect);
    await giveBackAsHolder(await holderOf(alice), read);
    expect(await applyOne(under, provider, effect)).toMatchObject({ kind: "refused", because: "spent" });
    expect(await provider.findSpent([effect.correlation.grant])).toEqual(new Set([effect.correlation.grant]));
  });

  it("tells somebody who holds nothing, without touching anything", async () => {
    await applyOne(under, provider, hold(under));
    await expect(giveBackAsHolder(await holderOf(bob), read)).rejects.toMatchObject({ code: "E507" });
    expect(await under.isLetIn(alice, read)).toBe(true);
  });
});
