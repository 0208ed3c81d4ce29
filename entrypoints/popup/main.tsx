import '../../src/ui/app.css';
import { createClient } from '../../src/contract/client';
import { browserPage, sendMessage } from '../../src/platform/browser-page';
import { PopupApp } from '../../src/ui/popup/app';
import { startPage } from '../../src/ui/shell/start-page';

void startPage({ ask: createClient(sendMessage), page: browserPage(true), content: <PopupApp /> });
