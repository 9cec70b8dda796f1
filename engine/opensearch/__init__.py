"""An engine over an OpenSearch cluster, for collections that outgrow one machine."""
