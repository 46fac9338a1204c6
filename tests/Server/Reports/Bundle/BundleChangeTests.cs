using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ColdChain.Server.Audit;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports.Bundle;

namespace ColdChain.Server.Tests.Reports.Bundle;

/// <summary>
/// What somebody may do to a bundle: without any key, with a key of his own, or, worst, with the very key of the server, when only the contents give it
/// away. Each kind must be told with the file that it is in.
/// </summary>
public sealed class BundleChangeTests
{
    private const string Rules = "rules/eu-edqm-2026.2.json";
    private const string Packs = "received/00001.packs";
    private const string Listed = "the manifest lists it";

    private static readonly AnchorKey Other = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    private static readonly Dictionary<string, (Func<byte[], byte[]> Change, string Told)> Kinds = new(StringComparer.Ordinal)
    {
        // The bytes of the container.
        ["a byte of a local header"] = (bundle => Flip(bundle, HeaderOf(bundle, "samples.csv") + 10), "container: at byte {at}, of samples.csv: its header has another time"),
        ["a byte of a name"] = (bundle => Flip(bundle, HeaderOf(bundle, "samples.csv") + 31), "container: at byte {at}, of samples.csv: its header has another name than the directory at the end"),
        ["a byte of contents"] = (bundle => Flip(bundle, HeaderOf(bundle, "samples.csv") + 30 + 11 + 60), "samples.csv: it was changed: its SHA-256 is"),
        ["a byte of the directory"] = (bundle => Flip(bundle, DirectoryOf(bundle) + 38), "container: at byte {at}, of bundle.json: its entry in the directory at the end has another set of attributes"),
        ["a name in the directory"] = (bundle => Flip(bundle, DirectoryOf(bundle) + 46), "container: at byte 30, of cundle.json: its header has another name than the directory at the end"),
        ["a byte of the end record"] = (bundle => Flip(bundle, bundle.Length - 18), "container: at byte {at}: the end record is another"),
        ["the mark of the end record"] = (bundle => Flip(bundle, bundle.Length - 22), "container: at byte {at}: the end record is another"),
        ["a byte appended"] = (bundle => [.. bundle, 0], "container: at byte {at}: 1 bytes follow its end"),
        ["a byte prepended"] = (bundle => [0, .. bundle], "container: at byte 0, of bundle.json: 1 bytes before it belong to no file"),
        ["cut off by one byte"] = (bundle => bundle[..^1], "container: at byte {at}: it was cut off there"),
        ["cut off in the middle"] = (bundle => bundle[..(bundle.Length / 2)], "manifest.sig: it is missing"),
        ["cut off before its directory"] = (bundle => bundle[..DirectoryOf(bundle)], "container: at byte {at}: neither a whole file nor the directory follows there"),
        ["cut off in its first header"] = (bundle => bundle[..20], "container: this is no bundle"),
        ["times of the container"] = (SetTimes, "its header has another time"),
        ["a comment of the container"] = (bundle => [.. bundle[..^2], 5, 0, .. "hello"u8], "container: at byte {at}: the end record is another"),
        ["compressed"] = (bundle => Zipped(bundle, CompressionLevel.Optimal), "its header has another"),
        ["made by another program"] = (bundle => Zipped(bundle, CompressionLevel.NoCompression), "of bundle.json: its header has another version"),
        ["a path out of the folder"] = (bundle => ReplaceAll(bundle, "bundle.json", "../dle.json"), "../dle.json: no file of a bundle has such a name"),
        ["an absolute path"] = (bundle => ReplaceAll(bundle, "bundle.json", "/undle.json"), "/undle.json: no file of a bundle has such a name"),
        ["an entry of insane size"] = (bundle => SetLength(bundle, uint.MaxValue - 1), "container: at byte"),

        // Files, with a container that is whole.
        ["a file removed"] = (bundle => new BundleEdit(bundle).Remove("samples.csv").Build(), $"samples.csv: it is missing, and {Listed}"),
        ["a file of packs removed"] = (bundle => new BundleEdit(bundle).Remove(Packs).Build(), $"{Packs}: it is missing, and {Listed}"),
        ["the manifest removed"] = (bundle => new BundleEdit(bundle).Remove("manifest.json").Build(), "manifest.json: it is missing"),
        ["the signature removed"] = (bundle => new BundleEdit(bundle).Remove("manifest.sig").Build(), "manifest.sig: it is missing"),
        ["the key removed"] = (bundle => new BundleEdit(bundle).Remove("key.pub.pem").Build(), "key.pub.pem: it is missing"),
        ["a file added"] = (bundle => new BundleEdit(bundle).AddBefore("audit.jsonl", "notes.txt", "hello").Build(), "notes.txt: it is not in the manifest"),
        ["a file added after the key"] = (bundle => new BundleEdit(bundle).AddBefore("key.pub.pem", "notes.txt", "hello").Swap("notes.txt", "key.pub.pem").Build(), "notes.txt: it is not in the manifest"),
        ["a file renamed"] = (bundle => new BundleEdit(bundle).Rename("report.csv", "repart.csv").Build(), $"report.csv: it is missing, and {Listed}"),
        ["two files swapped"] = (bundle => new BundleEdit(bundle).Swap("report.csv", "report.fr.html").Build(), "report.csv: it stands where report.fr.html belongs"),
        ["a file that is there twice"] = (Twice, "report.csv: it is in the container twice"),

        // Whoever has no key.
        ["a file changed, with its manifest"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", "good", "fine").List().Build(), "manifest.json: its signature is not right"),
        ["a line of the manifest"] = (bundle => new BundleEdit(bundle).Replace("manifest.json", "\"length\":", "\"length\":1").Build(), "bundle.json: it was changed: it has"),
        ["the manifest is no JSON"] = (bundle => new BundleEdit(bundle).Replace("manifest.json", "{", "[").Build(), "manifest.json: it cannot be read"),
        ["signed by another key"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", "good", "fine").List().Sign(Other).Build(), "key.pub.pem: it is another key than the one that was given"),
        ["the key of another"] = (bundle => new BundleEdit(bundle).Set("key.pub.pem", Encoding.ASCII.GetBytes(Other.SignOther("test\n").PublicPem)).Build(), "key.pub.pem: it is another key"),
        ["the key is none"] = (bundle => new BundleEdit(bundle).Replace("key.pub.pem", "PUBLIC", "PRIVATE").Build(), "key.pub.pem: it is no public key"),
        ["a line end after the key"] = (bundle => new BundleEdit(bundle).Replace("key.pub.pem", "-----\n", "-----\n\n").Build(), "key.pub.pem: it is no public key"),
        ["the signature of another text"] = (bundle => new BundleEdit(bundle).Set("manifest.sig", Encoding.ASCII.GetBytes(BundleBench.Key.SignOther("coldchain-bundle\nanother").Base64 + "\n")).Build(), "manifest.json: its signature is not right"),
        ["the signature is none"] = (bundle => new BundleEdit(bundle).Set("manifest.sig", "none\n"u8.ToArray()).Build(), "manifest.json: its signature is not right"),
        ["a space in the signature"] = (bundle => new BundleEdit(bundle).Set("manifest.sig", [.. " "u8, .. new BundleEdit(bundle)["manifest.sig"]]).Build(), "manifest.sig: it is no signature as a bundle has it"),

        // Whoever has the server's key: the contents contradict each other.
        ["report.json"] = (bundle => new BundleEdit(bundle).Replace("report.json", "\"Fridge 1\"", "\"Fridge 9\"").Resigned(), "report.json: it is not the content that bundle.json is bound to"),
        ["report.json, with its head"] = (ReportWithHead, "signatures.json: the signature 'prepared' by amina is of another content"),
        ["report.json is no report"] = (bundle => new BundleEdit(bundle).Replace("report.json", "\"form\":1", "\"foam\":1").Resigned(), "report.json: it cannot be read by this version"),
        ["bundle.json, of another report"] = (bundle => new BundleEdit(bundle).Replace("bundle.json", "EX-1", "EX-2").Resigned(), "report.json: it is report EX-1, and bundle.json is of EX-2"),
        ["bundle.json, of another form"] = (bundle => new BundleEdit(bundle).Replace("bundle.json", "\"form\":1", "\"form\":2").Resigned(), "bundle.json: its form is 2"),
        ["bundle.json is none"] = (bundle => new BundleEdit(bundle).Replace("bundle.json", "\"form\"", "\"foam\"").Resigned(), "bundle.json: it cannot be read"),
        ["signatures.json, of another content"] = (bundle => new BundleEdit(bundle).Replace("signatures.json", Sha256Of(bundle), new string('0', 64)).Resigned(), "signatures.json: the signature 'prepared' by amina is of another content"),
        ["signatures.json, by one person"] = (bundle => new BundleEdit(bundle).Replace("signatures.json", "\"account\":\"youssef\"", "\"account\":\"amina\"").Resigned(), "signatures.json: the signature 'reviewed' by amina could not have been given: OwnReport"),
        ["signatures.json, out of order"] = (bundle => new BundleEdit(bundle).Replace("signatures.json", "\"Prepared\"", "\"Approved\"").Resigned(), "signatures.json: the signature 'approved' by amina could not have been given: OutOfOrder"),
        ["signatures.json without any"] = (bundle => new BundleEdit(bundle).Set("signatures.json", "[]"u8.ToArray()).Resigned(), "signatures.json: it has 0 signatures"),
        ["signatures.json with nothing in it"] = (bundle => new BundleEdit(bundle).Set("signatures.json", "[null]"u8.ToArray()).Resigned(), "signatures.json: one of the signatures is none"),
        ["signatures.json of no meaning"] = (bundle => new BundleEdit(bundle).Replace("signatures.json", "\"Prepared\"", "99").Resigned(), "signatures.json: one of the signatures is none"),
        ["report.json with no event"] = (bundle => new BundleEdit(bundle).Replace("report.json", "\"audit\":[", "\"audit\":[null,").Resigned(), "report.json: one of its storage units, rules, versions, findings or events is null"),
        ["report.json with no storage unit"] = (bundle => new BundleEdit(bundle).Replace("report.json", "\"units\":[", "\"units\":[null").Resigned(), "report.json: one of its storage units, rules, versions, findings or events is null"),
        ["report.json with no version"] = (bundle => new BundleEdit(bundle).Replace("report.json", "\"versions\":[", "\"versions\":[null").Resigned(), "report.json: one of its storage units, rules, versions, findings or events is null"),
        ["report.json of endless duration"] = (bundle => new BundleEdit(bundle).Replace("report.json", "\"duration\":", "\"duration\":9999999999999").Resigned(), "report.json: it cannot be read by this version"),
        ["the manifest with no file"] = (bundle => new BundleEdit(bundle).Replace("manifest.json", "\"files\":[", "\"files\":[null,").Build(), "manifest.json: one of its files is null"),
        ["numbers without end"] = (bundle => new BundleEdit(bundle).Replace("received.csv", ",1,37,", ",1,9223372036854775807,").Resigned(), "received.csv: line"),
        ["an audit event"] = (bundle => new BundleEdit(bundle).Replace("audit.jsonl", "\"subject\":\"", "\"subject\":\"x").Resigned(), "audit.jsonl: event 1 was changed: its hash does not follow"),
        ["an audit event, with its hash"] = (EventWithHash, "audit.jsonl: event 1 is another in the report's extract"),
        ["an audit event removed"] = (bundle => new BundleEdit(bundle).RemoveLine("audit.jsonl", 1).Resigned(), "audit.jsonl: event 2 of the report is missing"),
        ["audit events swapped"] = (bundle => SwapLines(bundle, "audit.jsonl", 0, 1), "audit.jsonl: event 1 stands behind event 2"),
        ["an audit event twice"] = (bundle => SwapLines(bundle, "audit.jsonl", 0, 0, isDoubled: true), "audit.jsonl: event 1 stands behind event 1"),
        ["another store"] = (bundle => new BundleEdit(bundle).Replace("bundle.json", "\"store\":\"", "\"store\":\"x").Resigned(), "audit.jsonl: event 1 is the first, and does not begin the chain of this store"),
        ["an audit event that is none"] = (bundle => new BundleEdit(bundle).Replace("audit.jsonl", "{", "[").Resigned(), "audit.jsonl: line 1 is no event"),
        ["a pack"] = (bundle => new BundleEdit(bundle).Replace(Packs, "\"v\":9", "\"v\":5").Resigned(), $"{Packs}: pack 00002 in it, {{length}} bytes from byte {{offset}} on, was changed: its SHA-256 is"),
        ["a pack, with its hash"] = (bundle => new BundleEdit(bundle).Replace(Packs, "\"v\":9", "\"v\":5").Relist().Resigned(), "readings.csv: record 39 is not what reading 1 of pack 00002 says: pi-001/load,"),
        ["a pack that is none"] = (bundle => new BundleEdit(bundle).Replace(Packs, "[", "{").Relist().Resigned(), $"{Packs}: pack 00001 in it is not the one that received.csv lists"),
        ["a pack of other numbers"] = (bundle => new BundleEdit(bundle).Replace(Packs, "\"seq\":1", "\"seq\":2").Relist().Resigned(), $"{Packs}: pack 00001 in it is not the one that received.csv lists: it holds seq"),
        ["a pack cut out"] = (bundle => new BundleEdit(bundle).Set(Packs, WithoutPack(bundle, 2)).Resigned(), $"{Packs}: pack 00002 in it, {{length}} bytes from byte {{offset}} on, was changed"),
        ["a byte before a pack"] = (bundle => new BundleEdit(bundle).Set(Packs, [.. " "u8, .. new BundleEdit(bundle)[Packs]]).Resigned(), $"{Packs}: pack 00001 in it"),
        ["a byte before a pack, with its place"] = (bundle => new BundleEdit(bundle).Set(Packs, [.. " "u8, .. new BundleEdit(bundle)[Packs]]).Replace("received.csv", $"{Packs},0,", $"{Packs},1,").Resigned(), "received.csv: pack 00001 does not begin where the one before it ends"),
        ["a byte behind the packs"] = (bundle => new BundleEdit(bundle).Set(Packs, [.. new BundleEdit(bundle)[Packs], .. "x"u8]).Resigned(), "belong to no pack of received.csv"),
        ["the last pack cut off"] = (bundle => new BundleEdit(bundle).Set(Packs, new BundleEdit(bundle)[Packs][..^1]).Resigned(), "on, is cut off"),
        ["a file of packs removed, with the manifest"] = (bundle => new BundleEdit(bundle).Remove(Packs).Resigned(), $"{Packs}: it is missing"),
        ["a file of packs that is not listed"] = (bundle => new BundleEdit(bundle).AddBefore("received.csv", "received/00077.packs", "[]").Resigned(), "received/00077.packs: received.csv does not list it"),
        ["a pack of insane size"] = (bundle => new BundleEdit(bundle).Replace("received.csv", $"{Packs},0,", $"{Packs},0,9").Resigned(), "received.csv: line 2 is no line of a pack"),
        ["a pack that is listed twice"] = (bundle => SwapLines(bundle, "received.csv", 1, 1, isDoubled: true), "received.csv: pack 00001 does not begin where the one before it ends"),
        ["when a pack came"] = (bundle => new BundleEdit(bundle).Replace("received.csv", ",live", ",backfill").Replace("received.csv", "T09:00:00.000Z", "T09:00:01.000Z").Resigned(), "readings.csv: record 2 is not what reading 1 of pack 00001 says"),
        ["the list of packs"] = (bundle => new BundleEdit(bundle).RemoveLine("received.csv", 2).Resigned(), "received.csv: line 3 is no line of a pack, or not the next one"),
        ["an anchor"] = (bundle => new BundleEdit(bundle).Replace("anchors.jsonl", "11:57:00", "11:56:00").Resigned(), "readings.csv: record"),
        ["an anchor that is none"] = (bundle => new BundleEdit(bundle).Replace("anchors.jsonl", "\"mono\":0", "\"mono\":-9223372036854775808").Resigned(), "anchors.jsonl: line 1 is no anchor"),
        ["anchors without end"] = (bundle => new BundleEdit(bundle).Set("anchors.jsonl", new byte[BundleLimits.AnchorsMax + 1]).Resigned(), "anchors.jsonl: it has 16777217 bytes, and no such file has more than 16777216"),
        ["a reading removed"] = (bundle => new BundleEdit(bundle).RemoveLine("readings.csv", 5).Resigned(), "readings.csv: record 6 is not what reading 5 of pack 00001 says"),
        ["the last reading removed"] = (bundle => new BundleEdit(bundle).RemoveLine("readings.csv", BundleBench.Lines(new BundleEdit(bundle)["readings.csv"]).Length - 1).Resigned(), "readings.csv: record"),
        ["a reading added"] = (bundle => new BundleEdit(bundle).Set("readings.csv", [.. new BundleEdit(bundle)["readings.csv"], .. "x\n"u8]).Resigned(), "readings.csv: it has more than the"),
        ["a reading"] = (bundle => new BundleEdit(bundle).Replace("readings.csv", ",own,", ",none,").Resigned(), "readings.csv: record 2 is not what"),
        ["a sample"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", ",9,8.875,", ",9.0,8.875,").Resigned(), "samples.csv: line 2 has no temperatures"),
        ["a sample of another temperature"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", ",9,8.875,", ",8,7.875,").Resigned(), "samples.csv: line 2 says 8 for pi-001/load at 2026-11-22T09:05:00.000Z, and a reading that counts says 9"),
        ["a sample of another instant"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", "T09:05:00", "T09:06:00").Resigned(), "samples.csv: line 2 says 9 for pi-001/load at 2026-11-22T09:06:00.000Z, and no reading that counts says so"),
        ["a sample that only an anchor dates"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", "T11:57:00.000Z,,,fault", "T11:58:00.000Z,4,3.875,good").Resigned(), "samples.csv: line 3 says 4 for pi-001/load at 2026-11-22T11:58:00.000Z, and a reading that counts says 8.9"),
        ["a sample made a fault"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", ",9,8.875,good", ",,,fault").Resigned(), "samples.csv: line 2 says no temperature for pi-001/load at 2026-11-22T09:05:00.000Z, and a reading that counts says 9"),
        ["samples out of order"] = (bundle => SwapLines(bundle, "samples.csv", 1, 2), "samples.csv: line 3 is earlier than the one before it"),
        ["a sample twice"] = (bundle => SwapLines(bundle, "samples.csv", 1, 1, isDoubled: true), "samples.csv: line 3 is the second of its probe and instant"),
        ["the columns of samples"] = (bundle => new BundleEdit(bundle).Replace("samples.csv", "probe,role", "role,probe").Resigned(), "samples.csv: its first line is not probe,role,"),
        ["samples without an end"] = (bundle => new BundleEdit(bundle).Set("samples.csv", new BundleEdit(bundle)["samples.csv"][..^1]).Resigned(), "samples.csv: line 3 has no end"),
        ["no samples"] = (bundle => new BundleEdit(bundle).Set("samples.csv", []).Resigned(), "samples.csv: it has no lines"),
        ["a rule pack of another version"] = (bundle => new BundleEdit(bundle).Set(Rules, File.ReadAllBytes(Path.Combine(RulePackFolder.Default, "who.json"))).Resigned(), $"{Rules}: it is not the rule pack that the report cites: its SHA-256 is"),
        ["a rule pack removed"] = (bundle => new BundleEdit(bundle).Remove(Rules).Resigned(), $"{Rules}: it is missing, and the report cites eu-edqm 2026.2"),
        ["a rule pack added"] = (bundle => new BundleEdit(bundle).AddBefore(Rules, "rules/who.json", "{}").Resigned(), "rules/who.json: the report cites no such rule pack"),
    };

    public static TheoryData<string> Names => [.. Kinds.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Change_OfAnyKind_IsToldWithItsPlace(string kind)
    {
        var bundle = await BundleBench.BundleAsync();
        var changed = Kinds[kind].Change(bundle);

        var verdict = BundleVerification.Verify(new MemoryStream(changed), BundleBench.PublicKey);

        var (at, second) = (bundle.AsSpan().CommonPrefixLength(changed), BundleBench.Lines(new BundleEdit(bundle)["received.csv"])[2].Split(','));
        var told = Kinds[kind].Told.Replace("{at}", BundleBench.Text(at), StringComparison.Ordinal)
            .Replace("{offset}", second[9], StringComparison.Ordinal).Replace("{length}", second[10], StringComparison.Ordinal);
        verdict.Problems.Select(problem => problem.ToString()).Should().Contain(problem => problem.Contains(told));
    }

    [Fact]
    public async Task APack_WhenAByteOfItIsAnother_IsNamed_AndNoOther()
    {
        var bundle = await BundleBench.BundleAsync();

        for (var number = 1; number <= 7; number++)
        {
            var edit = new BundleEdit(bundle);
            var place = BundleBench.Lines(edit["received.csv"])[number].Split(',');
            var changed = edit.Set(Packs, Flip(edit[Packs], int.Parse(place[9], CultureInfo.InvariantCulture) + (int.Parse(place[10], CultureInfo.InvariantCulture) / 2))).Resigned();

            BundleVerification.Verify(new MemoryStream(changed), BundleBench.PublicKey).Problems
                .Should().ContainSingle().Which.ToString().Should().StartWith($"{Packs}: pack 0000{number} in it");
        }
    }

    [Fact]
    public async Task Anchors_WithoutEnd_AreBlamedAlone()
    {
        var changed = new BundleEdit(await BundleBench.BundleAsync()).Set("anchors.jsonl", new byte[BundleLimits.AnchorsMax + 1]).Resigned();

        BundleVerification.Verify(new MemoryStream(changed), BundleBench.PublicKey).Problems.Should().ContainSingle().Which.File.Should().Be("anchors.jsonl");
    }

    [Fact]
    public async Task Samples_MoreThanAreHeldAtATime_AreEachHeldAgainstTheirReading()
    {
        var bundle = await BundleBench.BundleAsync();
        var changed = new BundleEdit(bundle).Replace("samples.csv", "T11:57:00.000Z,,,fault", "T11:58:00.000Z,4,3.875,good").Build();

        Problems(bundle).Should().BeEmpty();
        Problems(changed).Should().ContainSingle().Which.Should().StartWith("samples.csv: line 3 says 4");

        static IEnumerable<string> Problems(byte[] bundle)
        {
            var problems = new BundleProblems();
            SampleCheck.OfSamples(BundleFiles.Open(new MemoryStream(bundle), problems)!, heldMax: 1); // It is one.
            return problems.Told.Select(problem => problem.ToString());
        }
    }

    [Fact]
    public async Task Bundle_OfAnotherKey_IsRightByItself_AndOnlyItsFingerprintTells()
    {
        var signed = new BundleEdit(await BundleBench.BundleAsync()).Sign(Other).Build();

        var (alone, held) = (BundleVerification.Verify(new MemoryStream(signed), null), BundleVerification.Verify(new MemoryStream(signed), BundleBench.PublicKey));

        alone.IsRight.Should().BeTrue();
        held.Problems.Should().ContainSingle().Which.ToString().Should().Contain(alone.Fingerprint);
    }

    [Fact]
    public async Task Change_InOneFile_LeavesTheOtherChecksGoing()
    {
        var changed = new BundleEdit(await BundleBench.BundleAsync())
            .Replace("report.json", "\"Fridge 1\"", "\"Fridge 9\"").Replace("samples.csv", "good", "GOOD").RemoveLine("audit.jsonl", 1).RemoveLine("readings.csv", 3).Build();

        var files = BundleVerification.Verify(new MemoryStream([.. changed, 7]), BundleBench.PublicKey).Problems.Select(problem => problem.File).Distinct();

        files.Should().BeEquivalentTo("container", "report.json", "signatures.json", "samples.csv", "audit.jsonl", "readings.csv");
    }

    [Fact]
    public async Task EveryByteOfAHeader_WhenItIsAnother_IsTold()
    {
        var bundle = await BundleBench.BundleAsync();
        var (header, directory) = (HeaderOf(bundle, "samples.csv"), DirectoryOf(bundle));
        int[] places = [.. Enumerable.Range(header, 30 + "samples.csv".Length), .. Enumerable.Range(directory, 46 + "bundle.json".Length), .. Enumerable.Range(bundle.Length - 22, 22)];

        places.Where(place => BundleVerification.Verify(new MemoryStream(Flip(bundle, place)), BundleBench.PublicKey).Problems.All(problem => problem.File != "container"))
            .Should().BeEmpty();
    }

    [Fact]
    public async Task AnyByte_WhenItIsAnother_IsTold()
    {
        var bundle = await BundleBench.BundleAsync();
        var random = new Random(20_261_127);

        for (var round = 0; round < 500; round++)
        {
            var (place, change) = (random.Next(bundle.Length), (byte)random.Next(1, 256));
            var changed = (byte[])bundle.Clone();
            changed[place] ^= change;
            BundleVerification.Verify(new MemoryStream(changed), BundleBench.PublicKey).IsRight.Should().BeFalse($"byte {place} is another by {change}");
        }
    }

    [Fact]
    public async Task AnyCut_IsTold()
    {
        var bundle = await BundleBench.BundleAsync();
        var random = new Random(7);

        for (var round = 0; round < 100; round++)
        {
            var (from, count) = (random.Next(bundle.Length), random.Next(1, 2000));
            byte[] cut = [.. bundle[..from], .. bundle.Skip(from + count)];
            BundleVerification.Verify(new MemoryStream(cut), null).IsRight.Should().BeFalse($"{count} bytes are gone at {from}");
        }
    }

    private static string Sha256Of(byte[] bundle) => Convert.ToHexStringLower(SHA256.HashData(new BundleEdit(bundle)["report.json"]));

    private static byte[] Flip(byte[] bundle, int at)
    {
        var changed = (byte[])bundle.Clone();
        changed[at] ^= 0x01;
        return changed;
    }

    private static int HeaderOf(byte[] bundle, string name) =>
        (int)StoredZipReader.TryOpen(new MemoryStream(bundle))!.Files.First(file => file.Name == name).HeaderAt;

    private static int DirectoryOf(byte[] bundle) => BinaryPrimitives.ReadInt32LittleEndian(bundle.AsSpan(bundle.Length - 6));

    private static byte[] SetTimes(byte[] bundle)
    {
        var changed = (byte[])bundle.Clone();
        foreach (var file in StoredZipReader.TryOpen(new MemoryStream(bundle))!.Files)
        {
            changed[file.HeaderAt + 12] = 0x7A;
        }

        return changed;
    }

    private static byte[] SetLength(byte[] bundle, uint length)
    {
        var changed = (byte[])bundle.Clone();
        var header = HeaderOf(bundle, "samples.csv");
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(header + 18), length);
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(header + 22), length);
        BinaryPrimitives.WriteUInt32LittleEndian(changed.AsSpan(DirectoryOf(bundle) + 20), length);
        return changed;
    }

    private static byte[] Zipped(byte[] bundle, CompressionLevel level)
    {
        var edit = new BundleEdit(bundle);
        using var output = new MemoryStream();
        using (var zip = new ZipArchive(output, ZipArchiveMode.Create))
        {
            foreach (var name in edit.Names)
            {
                using var entry = zip.CreateEntry(name, level).Open();
                entry.Write(edit[name]);
            }
        }

        return output.ToArray();
    }

    private static byte[] ReplaceAll(byte[] bundle, string old, string changed) =>
        Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(bundle).Replace(old, changed, StringComparison.Ordinal));

    // The container's own writer refuses that: a name of the same length is put over.
    private static byte[] Twice(byte[] bundle) =>
        ReplaceAll(new BundleEdit(bundle).AddBefore("report.csv", "rexxxx.csv", "other").Build(), "rexxxx.csv", "report.csv");

    private static byte[] ReportWithHead(byte[] bundle)
    {
        var edit = new BundleEdit(bundle).Replace("report.json", "\"Fridge 1\"", "\"Fridge 9\"");
        return edit.Replace("bundle.json", Sha256Of(bundle), Sha256Of(edit.Build())).Resigned();
    }

    private static byte[] EventWithHash(byte[] bundle)
    {
        var edit = new BundleEdit(bundle);
        var lines = edit.Text("audit.jsonl").Split('\n');
        BundleJson.TryRead(Encoding.UTF8.GetBytes(lines[0]), BundleJsonContext.Default.AuditLine, out var entry, out _);
        var changed = entry! with { Subject = "another" };
        lines[0] = Encoding.UTF8.GetString(BundleJson.Write(changed with { Hash = changed.Computed() }, BundleJsonContext.Default.AuditLine));
        return edit.Set("audit.jsonl", Encoding.UTF8.GetBytes(string.Join('\n', lines))).Resigned();
    }

    private static byte[] WithoutPack(byte[] bundle, int number)
    {
        var edit = new BundleEdit(bundle);
        var (packs, first) = (edit[Packs], int.Parse(BundleBench.Lines(edit["received.csv"])[number].Split(',')[9], CultureInfo.InvariantCulture));
        return [.. packs[..first], .. packs[(first + edit.Pack(number).Length)..]];
    }

    private static byte[] SwapLines(byte[] bundle, string name, int one, int other, bool isDoubled = false)
    {
        var edit = new BundleEdit(bundle);
        var lines = edit.Text(name).Split('\n').ToList();
        (lines[one], lines[other]) = (lines[other], lines[one]);
        lines.InsertRange(one, isDoubled ? [lines[one]] : []);
        return edit.Set(name, Encoding.UTF8.GetBytes(string.Join('\n', lines))).Resigned();
    }
}
