using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class OwnWorkTests
{
    [Theory]
    [InlineData("lib/Thing.dll", "")]
    [InlineData("server/web/chart.min.js", "")]
    [InlineData("server/web/node_modules/a/index.js", "")]
    [InlineData("server/wwwroot/vendor/a.css", "")]
    [InlineData("core/A.cs", "// Copyright (c) Somebody Else")]
    [InlineData("LICENSE", "© 2020 Somebody")]
    public void FileOfOthers_IsFound(string path, string text) => Sample.Places(new OwnWork(), (path, text)).Should().Equal($"{path}:1");

    [Theory]
    [InlineData("server/web/chart.js", "export const width = 1;")]
    [InlineData("LICENSE", "Copyright (c) 2026 The ColdChain authors")]
    public void OwnFile_IsAllowed(string path, string text) => Sample.Places(new OwnWork(), (path, text)).Should().BeEmpty();
}
