using System.Globalization;
using System.Security.Cryptography;
using ColdChain.Core.Excursions;
using ColdChain.Core.Readings;
using ColdChain.Core.Reporting;
using ColdChain.Core.Rules;
using ColdChain.Core.Wire;
using ColdChain.Server.Audit;
using ColdChain.Server.Fleet;
using ColdChain.Server.Reports;
using ColdChain.Server.Reports.Bundle;
using ColdChain.Server.Reports.Content;
using ColdChain.Server.Store;
using ColdChain.Server.Tests.Api;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Reports.Bundle;

/// <summary>
/// The excursion of fridge 1 at noon in a real store, with a fault of an awkward text and a reading that only an anchor dates, as a report that is signed
/// twice; and the bundle of it.
/// </summary>
internal sealed class BundleBench : IAsyncDisposable
{
    public const string Fault = "no-answer, said \"twice\"";
    private const string Epoch = "0123456789abcdef0123456789abcdef";
    private const string EpochOfMany = "fedcba9876543210fedcba9876543210";
    private const string Boot = "boot-7";
    private const int SeqOfFault = 900;

    // Read by many tests, changed by none.
    private static readonly Lazy<Task<byte[]>> Whole = new(MakeAsync);

    private readonly TempFolder _drafts = new();

    private BundleBench(Scene scene) => Scene = scene;

    public Scene Scene { get; }

    /// <summary>The key that signs every bundle of the tests.</summary>
    public static AnchorKey Key { get; } = new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>Its public half, PEM.</summary>
    public static string PublicKey { get; } = Key.SignOther("test\nkey").PublicPem;

    public DraftFolder Folder => Drafts.In(_drafts);

    public string DraftsPath => Drafts.PathIn(_drafts);

    /// <summary>A bundle that is right.</summary>
    public static Task<byte[]> BundleAsync() => Whole.Value;

    public static async Task<BundleBench> OpenAsync()
    {
        var scene = await SceneFleet.AtNoonAsync();
        await RulePackHistory.LoadAsync(scene.Store, RulePackFolder.Default, scene.Clock, CancellationToken.None);
        var (device, probe) = (new DeviceId("pi-001"), new ProbeId(new DeviceId("pi-001"), "load"));
        var key = new ReadingKey(device, Epoch, SeqOfFault);
        await scene.DeliverAsync(new Pack(device, Epoch, [new Core.Readings.Reading { Key = key, Probe = probe, MeasuredAt = Scene.At("11:57"), Fault = Fault }]), Scene.At("11:57"));
        var undated = new Core.Readings.Reading { Key = key with { Seq = SeqOfFault + 1 }, Probe = probe, Value = Celsius.FromMilli(8900), Boot = Boot, Mono = 60_000 };
        await scene.DeliverAsync(new Pack(device, Epoch, [undated]), Scene.At("11:59"));
        await scene.Write(transaction => AnchorStore.TryInsert(transaction, device, new ClockAnchor(Boot, 0, Scene.At("11:57"), 5), Scene.At("11:59")));
        return new BundleBench(scene);
    }

    /// <summary>Has the store hold so many packs of one reading each, as from an edge that sends each reading at once.</summary>
    public Task DeliverAsync(ProbeId probe, Instant first, int count, TimeSpan every) => Scene.Write(transaction =>
    {
        for (var seq = 1; seq <= count; seq++)
        {
            var at = first + ((seq - 1) * every);
            var reading = new Core.Readings.Reading { Key = new ReadingKey(probe.Device, EpochOfMany, seq), Probe = probe, MeasuredAt = at, Value = Celsius.FromMilli(4000) };
            var bytes = PackCodec.Encode(new Pack(probe.Device, EpochOfMany, [reading]));
            PackStore.Insert(transaction, new PackRow
            {
                Device = probe.Device,
                Epoch = EpochOfMany,
                FirstSeq = seq,
                LastSeq = seq,
                Accepted = SeqRanges.Of(seq, seq),
                MinAt = at,
                MaxAt = at,
                Received = at,
                Lane = "live",
                Bytes = bytes,
                Sha256 = SHA256.HashData(bytes),
            });
        }
    });

    /// <summary>What the bundle is made of.</summary>
    public BundleSource Source(Func<ReportContent, ReportContent>? change = null)
    {
        var content = Scene.Read(Content);
        content = change?.Invoke(content) ?? content;
        var bytes = ReportJson.Write(content);
        var sha256 = ReportJson.HashOf(bytes);
        return new BundleSource
        {
            Document = new ReportDocument
            {
                Content = content,
                Sha256 = sha256,
                Revision = 2,
                MadeAt = Scene.At("12:00"),
                Signatures = [Signature(SignatureMeaning.Prepared, "amina", sha256), Signature(SignatureMeaning.Reviewed, "youssef", sha256)],
            },
            Report = bytes,
            Rendered = [new BundleFile("report.fr.html", "<h1>Excursion</h1>"u8.ToArray()), new BundleFile("report.csv", () => new MemoryStream("a,b\n"u8.ToArray()))],
            ReadAt = Scene.At("12:05"),
            Reach = new SpanContent(content.From - TimeSpan.FromMinutes(10), content.To + TimeSpan.FromMinutes(10)),
            Devices = [],
            Samples =
            [
                new BundleSample("pi-001/load", "load", Scene.At("09:05"), 9000, -125, "good"),
                new BundleSample("pi-001/load", "load", Scene.At("11:57"), null, -125, "fault"),
            ],
        };
    }

    /// <summary>Writes the bundle to a stream.</summary>
    public void Write(Stream output, BundleSource? source = null) => Scene.Read(session =>
    {
        new BundleWriter(Key.SignOther, Folder).Write(session, source ?? Source(), output, CancellationToken.None);
        return true;
    });

    public async ValueTask DisposeAsync()
    {
        await Scene.DisposeAsync();
        _drafts.Dispose();
    }

    private static async Task<byte[]> MakeAsync()
    {
        await using var bench = await OpenAsync();
        using var output = new MemoryStream();
        bench.Write(output);
        return output.ToArray();
    }

    private static SignatureContent Signature(SignatureMeaning meaning, string account, string sha256) =>
        new(meaning, account, account.ToUpperInvariant(), Scene.At("12:01"), "Africa/Casablanca", ReportSigning.SentenceOf(meaning), sha256);

    private ReportContent Content(StoreSession session) => new()
    {
        Number = "EX-1",
        Kind = ReportKind.Excursion,
        Place = new PlaceContent { Site = "rabat", SiteName = "Rabat", Zone = "Africa/Casablanca", Unit = "fridge-1", UnitName = "Fridge 1" },
        From = Scene.At("09:00"),
        To = Scene.At("12:00"),
        IsUnfinished = false,
        Excursion = new ExcursionContent
        {
            Finding = Finding(),
            Versions = [],
            Rules = [RuleOf("eu-edqm")],
            Probes = [Probe("pi-001/load", ProbeRole.Load), Probe("pi-001/air", ProbeRole.Air)],
            Conditions = [],
            Excluded = [],
            Timeline = [],
            Notifications = [],
            Acknowledgements = [],
            BloodUnits = [],
            Case = [],
            Audit = [.. EventLog.Read(session, 0, int.MaxValue).Where(row => row.Unit?.Value == "fridge-1" || row.Id <= 2).Select(row => Told(session, row))],
        },
    };

    /// <summary>A rule of a pack that comes with the product.</summary>
    public RuleContent RuleOf(string id)
    {
        var pack = Scene.Packs.First(pack => pack.Id == id);
        return new RuleContent
        {
            Pack = pack.Id,
            Version = pack.Version,
            Hash = pack.Hash,
            PackStatus = pack.Status,
            Product = "RBC",
            Context = StorageContext.Storage,
            InForce = new SpanContent(Scene.At("09:00"), Scene.At("12:00")),
            Delay = TimeSpan.FromMinutes(1),
            MaxGap = TimeSpan.FromMinutes(10),
            UnknownLimit = TimeSpan.FromMinutes(30),
            Figures = [],
        };
    }

    private static AuditContent Told(StoreSession session, EventRow row) =>
        new(row.Id, row.At, row.Kind, row.Who ?? "", Convert.ToHexStringLower(EventLog.Linked(session, row.Id)!.Value.Event.Hash!)); // All of these have a hash.

    private static FindingContent Finding() => new()
    {
        Id = 1,
        Version = 1,
        Probe = "pi-001/load",
        Side = Side.High,
        Start = Scene.At("09:02"),
        AlarmedAt = Scene.At("09:05"),
        EndReason = EndReason.Open,
        LastKnown = Scene.At("11:55"),
        DiscoveredAt = Scene.At("09:06"),
        Status = "current",
        Peak = Celsius.FromMilli(9000),
        Duration = TimeSpan.FromMinutes(173),
        Cumulative = TimeSpan.FromMinutes(173),
        IsConflict = false,
        IsDeclaredLost = false,
    };

    private static ProbeContent Probe(string id, ProbeRole role) => new()
    {
        Probe = id,
        Role = role,
        Mounted = new SpanContent(Scene.At("09:00"), Scene.At("12:00")),
        CalibrationOffsetMilli = -125,
        Figures = new FiguresContent
        {
            Expected = 36, Received = 36, Good = 36, Low = TimeSpan.Zero, InRange = TimeSpan.Zero, High = TimeSpan.FromHours(3), Unknown = TimeSpan.Zero, LongestGap = TimeSpan.Zero, CoveragePercent = 100,
        },
        Line = [],
        Unknown = [],
    };

    /// <summary>Lines of a text file of a bundle.</summary>
    public static string[] Lines(byte[] contents) => System.Text.Encoding.UTF8.GetString(contents).TrimEnd('\n').Split('\n');

    /// <summary>A number as the bundle's files have it.</summary>
    public static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
