using ColdChain.Tidy.Tests.Rules;

namespace ColdChain.Tidy.Tests.SelfTests;

public sealed class FinishedCodeTests
{
    [Theory]
    [InlineData("int B() => throw new NotImplementedException();")]
    [InlineData("void B() { try { } catch { } }")]
    [InlineData("void B() { try { } catch (Exception) { /* never mind */ } }")]
    [InlineData("void B() { try { } catch (IOException) { } }")]
    [InlineData("async void B() { }")]
    [InlineData("void B() { async void C() { } }")]
    [InlineData("[Fact(Skip = \"later\")] void B() { }")]
    [InlineData("\n#region B\n#endregion\n")]
    public void UnfinishedCode_IsFound(string member) =>
        Sample.Places(new FinishedCode(), ("a/A.cs", $"class A {{ {member} }}")).Should().ContainSingle();

    [Theory]
    [InlineData("void B() { try { } catch (OperationCanceledException) { /* the host stops */ } }")]
    [InlineData("void B() { try { } catch (Exception error) { Log(error); } }")]
    [InlineData("async Task B() { }")]
    [InlineData("string B = \"NotImplementedException\";")]
    [InlineData("[Fact] void B() { }")]
    public void FinishedCode_IsNotFound(string member) =>
        Sample.Places(new FinishedCode(), ("a/A.cs", $"class A {{ {member} }}")).Should().BeEmpty();
}
