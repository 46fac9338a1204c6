using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class NoMarkersTests
{
    [Theory]
    [InlineData("a/A.cs", "class A\n{ } // TODO: more")]
    [InlineData("a/A.cs", "/* first\n FIXME */ class A;")]
    [InlineData("a/A.cs", "\n/// <summary>HACK</summary>\nclass A;")]
    [InlineData("run.sh", "\n# XXX")]
    [InlineData("docs/a.md", "# A\nTODO")]
    public void Marker_IsFoundAtItsLine(string path, string text) =>
        Sample.Places(new NoMarkers(), (path, text)).Should().Equal($"{path}:2");

    [Theory]
    [InlineData("a/A.cs", "class A { string B = \"TODO\"; } // todos are counted")]
    [InlineData("docs/a.md", "# A\n`TODO` is refused\n```\nTODO\n```")]
    [InlineData("a/packages.lock.json", "\"TODO\"")]
    public void MentionOfAMarker_IsAllowed(string path, string text) =>
        Sample.Places(new NoMarkers(), (path, text)).Should().BeEmpty();
}
