using ColdChain.Server.Fleet;
using ColdChain.Server.Tests.Store;

namespace ColdChain.Server.Tests.Fleet;

public sealed class FleetFileReaderTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void File_LargerThanAnyFleet_IsRefusedUnread()
    {
        var path = _folder.File("fleet.yaml");
        using (var file = File.Create(path))
        {
            file.SetLength(1L << 40); // Sparse: more than fits in memory, and no room on the disk.
        }

        FleetFileReader.TryRead(path, rules: null, out _, out var fleet, out var errors).Should().BeFalse();

        fleet.Should().BeSameAs(FleetHistory.Empty);
        errors.Should().ContainSingle().Which.Should().Contain(path).And.Contain("more than").And.Contain("Give the path of a fleet file");
    }

    public void Dispose() => _folder.Dispose();
}
