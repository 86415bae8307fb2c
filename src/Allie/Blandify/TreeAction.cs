namespace Allie.Blandify;

public enum TreeAction
{
    Write,
    Link,
    Delete,
}
