using ColdChain.Core.Readings;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using ColdChain.Tests.Shared;
using Microsoft.Extensions.Logging.Abstractions;

namespace ColdChain.Edge.Tests.Outbox;

/// <summary>Outboxes as earlier versions left them, opened by this one.</summary>
public sealed class EarlierVersionTests : IDisposable
{
    private static readonly DeviceId Device = new("pi-1");

    private readonly TempFolder _folder = new();

    public static TheoryData<int> Versions => [.. EarlierFile.VersionsOf("outbox")];

    [Theory]
    [MemberData(nameof(Versions))]
    public void Open_EarlierVersion_KeepsEveryRowAndIsThenLikeANewFile(int version)
    {
        var (old, fresh) = (_folder.File("old.db"), _folder.File("new.db"));
        EarlierFile.Make("outbox", version, old);
        var queries = EarlierFile.QueriesOf(old);
        var before = EarlierFile.Content(old, queries);
        before.Should().HaveCountGreaterThan(50, "an empty file would show nothing");

        Open(old).Dispose();
        Open(fresh).Dispose();

        EarlierFile.VersionOf(old).Should().Be(OutboxSchema.Current.Version).And.Be(EarlierFile.VersionOf(fresh));
        EarlierFile.Content(old, queries).Should().Equal(before);
        EarlierFile.SchemaOf(old).Should().Equal(EarlierFile.SchemaOf(fresh));
        EarlierFile.DamageOf(old).Should().BeEmpty();
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public void Open_EarlierVersion_GoesOnWhereItStopped(int version)
    {
        var path = _folder.File("outbox.db");
        EarlierFile.Make("outbox", version, path);

        using var outbox = Open(path);

        outbox.Unacknowledged(SeqRanges.Empty, 100).Select(reading => reading.Key.Seq).Should().Equal(Enumerable.Range(32, 20).Select(seq => (long)seq));
        outbox.Append(Some.Measurements(1));
        outbox.LastSeq.Should().Be(52);
    }

    public void Dispose() => _folder.Dispose();

    private static SqliteOutbox Open(string path) => SqliteOutbox.Open(path, Device, Some.Clock(), NullLogger.Instance);
}
