using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class FindingTests
{
    [Fact]
    public void Finding_AsText_SaysWhereWhatWhyAndCure() =>
        new Finding("core/A.cs", 12, "async void", "nobody awaits it", "return a Task").ToString()
            .Should().Be("core/A.cs:12: async void, nobody awaits it, cure: return a Task");
}
