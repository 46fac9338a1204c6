namespace ColdChain.Server.Tests.Store;

public sealed class ReportStoreTests
{
    // A row that does not fit on its page goes on in others: what lies behind the content is read through all of it.
    [Fact]
    public async Task Content_IsTheLastColumn_SoThatListsDoNotReadOverIt()
    {
        await using var open = new OpenStore();

        open.Store.Read(session => session.Query("SELECT name FROM pragma_table_info('report_revisions') ORDER BY cid", row => row.GetString(0))).Should().EndWith("content");
    }
}
