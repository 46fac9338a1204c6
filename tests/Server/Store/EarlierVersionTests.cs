using ColdChain.Server.Store;
using ColdChain.Tests.Shared;

namespace ColdChain.Server.Tests.Store;

/// <summary>Record stores as earlier versions left them, opened by this one.</summary>
public sealed class EarlierVersionTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public static TheoryData<int> Versions => [.. EarlierFile.VersionsOf("record")];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Open_EarlierVersion_KeepsEveryRowAndIsThenLikeANewFile(int version)
    {
        var (old, fresh) = (_folder.File("old.db"), _folder.File("new.db"));
        EarlierFile.Make("record", version, old);
        var queries = EarlierFile.QueriesOf(old);
        var before = EarlierFile.Content(old, queries);
        before.Should().HaveCountGreaterThan(100, "an empty file would show nothing");

        await RecordStore.Open(old, TimeProvider.System).DisposeAsync();
        await RecordStore.Open(fresh, TimeProvider.System).DisposeAsync();

        EarlierFile.VersionOf(old).Should().Be(Schema.Current.Version).And.Be(EarlierFile.VersionOf(fresh));
        EarlierFile.Content(old, queries).Should().Equal(before);
        EarlierFile.SchemaOf(old).Should().Equal(EarlierFile.SchemaOf(fresh));
        EarlierFile.DamageOf(old).Should().BeEmpty();
    }

    public void Dispose() => _folder.Dispose();
}
