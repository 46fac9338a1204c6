using ColdChain.Core.Readings;
using ColdChain.Core.Wire;
using ColdChain.Edge.Outbox;
using ColdChain.Edge.Tests.Support;
using Microsoft.Data.Sqlite;

namespace ColdChain.Edge.Tests.Outbox;

public sealed class OutboxFileTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private string File => _folder.File("outbox.db");

    [Fact]
    public void Open_FileThatIsNoDatabase_SetsItAsideAndBeginsANewEpoch()
    {
        _folder.Write("outbox.db", "this was a database once, and then the card broke");

        using var outbox = Some.Outbox(File, new ManualTime(Some.Noon));
        outbox.Append(Some.Measurements(1));

        outbox.LastSeq.Should().Be(1);
        outbox.Snapshot().SetAside.Should().EndWith("outbox.db.damaged-20261122T120000.000Z");
        System.IO.File.ReadAllText(outbox.Snapshot().SetAside!).Should().StartWith("this was a database");
    }

    [Fact]
    public void Open_FileWithADamagedPage_SetsItAside()
    {
        string first;
        using (var outbox = Some.Outbox(File))
        {
            first = outbox.Epoch;
            outbox.Append(Some.Measurements(500));
        }

        var bytes = System.IO.File.ReadAllBytes(File);
        Array.Fill<byte>(bytes, 0xFF, bytes.Length / 2, 4096);
        System.IO.File.WriteAllBytes(File, bytes);

        using var next = Some.Outbox(File);

        next.Snapshot().SetAside.Should().NotBeNull();
        next.Epoch.Should().NotBe(first);
        next.LastSeq.Should().Be(0);
    }

    [Fact]
    public void Outbox_BegunBesideADamagedOne_SaysForAsLongAsItLivesThatItsReadingsAreLost()
    {
        _folder.Write("outbox.db", "this was a database once, and then the card broke");
        var lost = new PreviousOutbox(null, SeqRanges.Empty, Unread: true);

        using (var outbox = Some.Outbox(File))
        {
            outbox.Snapshot().Previous.Should().Be(lost);
        }

        using var again = Some.Outbox(File);
        again.Snapshot().Previous.Should().Be(lost);
        again.Snapshot().SetAside.Should().BeNull("nothing was damaged this time");
    }

    [Fact]
    public void Outbox_BegunAfterAPowerCutBetweenTheSettingAsideAndItsMaking_StillSaysSo()
    {
        _folder.Write("outbox.db.damaged-20261122T120000.000Z", "this was a database once");

        using var outbox = Some.Outbox(File);

        outbox.Snapshot().Previous!.Unread.Should().BeTrue();
    }

    [Fact]
    public void Outbox_OfANewCard_KnowsOfNoneBefore()
    {
        using var outbox = Some.Outbox(File);

        outbox.Snapshot().Previous.Should().BeNull();
    }

    [Fact]
    public void Open_NewerSchema_IsRefusedWithTheCureAndLeftAlone()
    {
        Some.Outbox(File).Dispose();
        Run("PRAGMA user_version = 99");

        var open = () => Some.Outbox(File);

        open.Should().Throw<OutboxException>().WithMessage($"*outbox.db has outbox version 99*knows versions up to {OutboxSchema.Current.Version}*install the newer agent*");
        _folder.Names().Should().Equal("outbox.db");
    }

    [Fact]
    public void Open_DatabaseOfSomethingElse_IsRefusedAndLeftAlone()
    {
        Run("CREATE TABLE invoices (number INTEGER)");

        var open = () => Some.Outbox(File);

        open.Should().Throw<OutboxException>().WithMessage("*something else*own path*");
    }

    [Theory]
    [InlineData("PRAGMA user_version = 1; PRAGMA application_id = 1130590835; CREATE TABLE meta (name, value)", "a record store")]
    [InlineData("PRAGMA user_version = 2; CREATE TABLE invoices (number INTEGER)", "no name in its header")]
    public void Open_DatabaseThatCountsItsVersionsToo_IsRefusedAndLeftAlone(string sql, string because)
    {
        Run(sql);
        var before = System.IO.File.ReadAllBytes(File);

        var open = () => Some.Outbox(File);

        open.Should().Throw<OutboxException>(because).WithMessage("*something else*own path*");
        System.IO.File.ReadAllBytes(File).Should().Equal(before);
    }

    [Fact]
    public void Open_OutboxOfARunningAgent_IsRefused()
    {
        using var running = Some.Outbox(File);
        running.Append(Some.Measurements(1));

        var open = () => Some.Outbox(File);

        open.Should().Throw<OutboxException>().WithMessage("*in use by another process*");
        running.Unacknowledged(SeqRanges.Empty, 10).Should().HaveCount(1);
    }

    [Fact]
    public void Open_FolderThatDoesNotExist_NamesTheCure()
    {
        var open = () => Some.Outbox(_folder.File("no/such/outbox.db"));

        open.Should().Throw<OutboxException>().WithMessage("*cannot be opened for writing*create its folder*");
    }

    public void Dispose() => _folder.Dispose();

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        connection.Execute(sql);
    }
}
